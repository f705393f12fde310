"""What areas of residence add to lists and take from them, at an area and those below it."""

from typing import Any

from dashboards.queries.rows import rows
from dashboards.server.current_user import acting

_ADJUSTMENTS = """
SELECT c.period, c.area_code, c.other_area_code, c.scheme, c.persons, c.decided_by, c.because
FROM mart.list_adjustment c
WHERE c.period = coalesce(CAST(:period AS text), (SELECT max(period) FROM mart.list_adjustment))
ORDER BY c.area_code, c.other_area_code, c.scheme
LIMIT 500
"""


def adjustments(period: str | None) -> list[dict[str, Any]]:
    """The signed rows that the reader may see, of a period or of the newest that has any."""
    with acting() as connection:
        return rows(connection, _ADJUSTMENTS, period=period)
