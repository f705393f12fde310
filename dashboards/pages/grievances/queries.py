"""Grievances of an area for one month: by layer, category, channel, and by the areas right below."""

from typing import Any

from sqlalchemy import Connection

from dashboards.pages.grievances.models import GrievanceCounts, Grievances, Month
from dashboards.queries.places import places
from dashboards.queries.rows import rows
from dashboards.server.current_user import acting
from sala.errors import NotFound

_MONTHS = """
SELECT period, sum(resolved)::bigint AS resolved, sum(pending)::bigint AS pending,
       sum(pending_slow)::bigint AS pending_slow
FROM mart.grievance WHERE area_code = :code GROUP BY period ORDER BY period
"""
_MOST_MONTHS = 24
# of the area itself by layer, category and channel; of those right below in all
_COUNTS = """
SELECT CASE WHEN area_code <> :code THEN 'area'
            WHEN grouping(at_level) = 0 THEN 'layer'
            WHEN grouping(category) = 0 THEN 'category'
            ELSE 'channel' END AS grouped_by,
       CASE WHEN area_code <> :code THEN area_code ELSE coalesce(at_level, category, channel) END AS key,
       sum(received)::bigint AS received,
       coalesce(sum(received) FILTER (WHERE sex = 'F'), 0)::bigint AS women,
       coalesce(sum(received) FILTER (WHERE sex = 'M'), 0)::bigint AS men,
       sum(resolved)::bigint AS resolved, sum(escalated)::bigint AS escalated,
       sum(pending)::bigint AS pending, sum(pending_slow)::bigint AS pending_slow,
       min(median_low) AS median_low, max(median_high) AS median_high
FROM mart.grievance
WHERE area_code = ANY(:codes) AND period = :period
GROUP BY GROUPING SETS ((area_code, at_level), (area_code, category), (area_code, channel), (area_code))
HAVING (area_code = :code) = (grouping(at_level, category, channel) < 7)
"""


def grievances(code: str, period_code: str | None) -> Grievances:
    """Those of the month asked for, or of the newest. Raises NotFound."""
    with acting() as connection:
        above, below = places(connection, code, None)
        months = tuple(Month(**row) for row in rows(connection, _MONTHS, code=code))
        periods = tuple(month.period for month in months)
        of_another_kind = period_code is not None and len(period_code) != len("2026-10")
        if period_code is not None and period_code not in periods and not of_another_kind:
            raise NotFound("unknown_period", what=period_code)
        period = period_code if period_code in periods else next(reversed(periods), None)
        place = (tuple(above[:-1]), above[-1], tuple(below), periods, period)
        if period is None:
            return Grievances(*place)
        counts = _counts(connection, code, [area.code for area in below], period)
        by_area = {count.key: count for count in counts["area"]}
        return Grievances(
            *place,
            by_layer=tuple(counts["layer"]),
            by_category=tuple(counts["category"]),
            by_channel=tuple(counts["channel"]),
            by_area=tuple(by_area[area.code] for area in below if area.code in by_area),
            months=months[-_MOST_MONTHS:],
        )


def _counts(
    connection: Connection, code: str, below: list[str], period: str
) -> dict[str, list[GrievanceCounts]]:
    """What the counts are grouped by → the counts."""
    counts: dict[str, list[GrievanceCounts]] = {"layer": [], "category": [], "channel": [], "area": []}
    for row in rows(connection, _COUNTS, code=code, codes=[code, *below], period=period):
        grouped_by: Any = row.pop("grouped_by")
        counts[grouped_by].append(GrievanceCounts(**row))
    return counts
