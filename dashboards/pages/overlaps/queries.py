"""Persons whom several schemes list, in an area and a period."""

from dataclasses import dataclass

from dashboards.queries.rows import rows
from dashboards.server.current_user import acting

_NUMBERS = """
SELECT at_least, sum(persons)::bigint AS persons FROM mart.overlap_number
WHERE area_code = :area AND period = :period GROUP BY at_least ORDER BY at_least
"""
_PAIRS = """
SELECT scheme, other_scheme, sum(persons)::bigint AS persons,
       coalesce(sum(persons) FILTER (WHERE sex = 'F'), 0)::bigint AS women,
       coalesce(sum(persons) FILTER (WHERE sex = 'M'), 0)::bigint AS men
FROM mart.overlap_pair WHERE area_code = :area AND period = :period
GROUP BY scheme, other_scheme ORDER BY persons DESC, scheme, other_scheme
"""


@dataclass(frozen=True)
class Pair:
    """Persons whom two schemes list, all sexes together and by sex."""

    scheme: str
    other_scheme: str
    persons: int
    women: int
    men: int


@dataclass(frozen=True)
class Overlaps:
    """`numbers`: at least so many schemes → persons."""

    numbers: dict[int, int]
    pairs: tuple[Pair, ...]


def overlaps(area: str, period: str | None) -> Overlaps:
    """Those of an area; empty without lists, and for readers who may not count persons."""
    with acting() as connection:
        numbers = rows(connection, _NUMBERS, area=area, period=period)
        pairs = rows(connection, _PAIRS, area=area, period=period)
    return Overlaps({row["at_least"]: row["persons"] for row in numbers}, tuple(Pair(**row) for row in pairs))
