"""Grievances of an area for one month: by layer, category, channel, and by the areas right below."""

from dataclasses import dataclass
from typing import Any

from dashboards.models.area import Area
from dashboards.queries.places import places
from dashboards.queries.rows import rows
from dashboards.server.current_user import acting
from sala.errors import NotFound

_SUMS = """
    sum(received)::bigint AS received, sum(resolved)::bigint AS resolved, sum(escalated)::bigint AS escalated,
    sum(pending)::bigint AS pending, sum(pending_slow)::bigint AS pending_slow,
    coalesce(sum(received) FILTER (WHERE sex = 'F'), 0)::bigint AS women,
    coalesce(sum(received) FILTER (WHERE sex = 'M'), 0)::bigint AS men,
    min(median_low) AS median_low, max(median_high) AS median_high
"""
_BY = """
SELECT {key} AS key, {sums}
FROM mart.grievance
WHERE area_code = :code AND period = :period
GROUP BY {key}
"""
_BELOW = """
SELECT area_code AS key, {sums}
FROM mart.grievance
WHERE area_code = ANY(:below) AND period = :period
GROUP BY area_code
"""
_PERIODS = "SELECT DISTINCT period FROM mart.grievance WHERE area_code = :code ORDER BY period"


@dataclass(frozen=True)
class Counted:
    """Counts of a month. Medians are the lowest and highest of the areas that resolved any, in days."""

    key: str | None
    received: int
    women: int
    men: int
    resolved: int
    escalated: int
    pending: int
    pending_slow: int
    median_low: float | None
    median_high: float | None


@dataclass(frozen=True)
class GrievanceFacts:
    """What one area's page of grievances says; no period where none has come."""

    above: tuple[Area, ...]
    area: Area
    below: tuple[Area, ...]
    periods: tuple[str, ...]
    period: str | None
    by_layer: tuple[Counted, ...] = ()
    by_category: tuple[Counted, ...] = ()
    by_channel: tuple[Counted, ...] = ()
    by_area: tuple[Counted, ...] = ()


def grievance_facts(code: str, asked: str | None) -> GrievanceFacts:
    """Raises NotFound."""
    with acting() as connection:
        above, below = places(connection, code, None)
        periods = tuple(row["period"] for row in rows(connection, _PERIODS, code=code))
        if asked is not None and asked not in periods and len(asked) != len("2026-10"):
            raise NotFound("unknown_period", what=asked)
        period = asked if asked in periods else next(reversed(periods), None)
        here = GrievanceFacts(tuple(above[:-1]), above[-1], tuple(below), periods, period)
        if period is None:
            return here

        def by(key: str) -> tuple[Counted, ...]:
            query = _BY.format(key=key, sums=_SUMS)  # the keys are ours
            return tuple(Counted(**row) for row in rows(connection, query, code=code, period=period))

        found: dict[str, Any] = {
            row["key"]: row
            for row in rows(
                connection, _BELOW.format(sums=_SUMS), below=[area.code for area in below], period=period
            )
        }
        return GrievanceFacts(
            here.above,
            here.area,
            here.below,
            periods,
            period,
            by("at_level"),
            by("category"),
            by("channel"),
            tuple(Counted(**found[area.code]) for area in below if area.code in found),
        )
