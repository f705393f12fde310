"""The lines of returns behind a figure, as far as the reader sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.queries.rows import rows
from dashboards.server.current_user import acting

MOST = 300
_WHICH = """
r.period = ANY(:periods) AND r.period_id = ANY(:period_ids)
AND (CAST(:schemes AS text[]) IS NULL OR r.scheme = ANY(:schemes))
AND (CAST(:sex AS text) IS NULL OR r.sex = :sex)
"""
# Each part by itself: joined at once, the planner takes the areas one by one.
_AREAS = f"""
WITH below AS MATERIALIZED (
    SELECT a.area_code, a.names
    FROM mart.area own
    JOIN mart.area a ON a.tree_left BETWEEN own.tree_left AND own.tree_right
    WHERE own.area_code = :code AND own.valid_to = 'infinity' AND a.valid_to = 'infinity' AND a.area_code <> :code
),
lines AS MATERIALIZED (
    SELECT r.area_code, r.receipt, r.beneficiaries FROM mart.scheme_return r WHERE {_WHICH}
)
SELECT area_code, names, sum(beneficiaries) AS beneficiaries, count(*) AS lines, count(DISTINCT receipt) AS files,
       count(*) OVER () AS areas
FROM lines
JOIN below USING (area_code)
GROUP BY area_code, names
ORDER BY beneficiaries DESC NULLS LAST, area_code
LIMIT :most
"""  # noqa: S608 conditions of our own
_LINES = f"""
WITH lines AS MATERIALIZED (
    SELECT r.* FROM mart.scheme_return r WHERE r.area_code = :code AND {_WHICH}
)
SELECT r.scheme, r.sex, r.age_group, r.beneficiaries, r.receipt, r.row_number, u.filename, u.submitted_by
FROM lines r
LEFT JOIN mart.submission u USING (receipt)
ORDER BY r.scheme, r.sex, r.age_group, r.row_number
LIMIT :most
"""  # noqa: S608


@dataclass(frozen=True)
class AreaBelow:
    """An area of which lines are known: beneficiaries of all of them, lines, files; `areas` is how many there are."""

    area_code: str
    names: Mapping[str, str]
    beneficiaries: int | None
    lines: int
    files: int
    areas: int


@dataclass(frozen=True)
class Line:
    """A line of a return; the file is empty where the reader may not see it."""

    scheme: str
    sex: str
    age_group: str
    beneficiaries: int | None
    receipt: str | None
    row_number: int | None
    filename: str | None
    submitted_by: str | None


def areas_below(
    code: str, periods: Sequence[str], schemes: Sequence[str] | None, sex: str | None
) -> list[AreaBelow]:
    """The areas below with lines of these schemes (all: None), those that count most first."""
    return [AreaBelow(**row) for row in _found(_AREAS, code, periods, schemes, sex)]


def lines(code: str, periods: Sequence[str], schemes: Sequence[str] | None, sex: str | None) -> list[Line]:
    """The lines that the area itself reported."""
    return [Line(**row) for row in _found(_LINES, code, periods, schemes, sex)]


def _found(
    query: str, code: str, periods: Sequence[str], schemes: Sequence[str] | None, sex: str | None
) -> list[dict[str, Any]]:
    listed = None if schemes is None else list(schemes)
    with acting() as connection:
        return rows(connection, query, code=code, periods=list(periods), schemes=listed, sex=sex, most=MOST)
