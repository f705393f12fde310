"""Totals published elsewhere, beside what is compiled for the same areas and schemes."""

from collections.abc import Sequence

from sqlalchemy import Connection

from dashboards.models.published_total import PublishedTotal
from dashboards.queries.rows import rows

_PUBLISHED_TOTALS = """
SELECT c.area_code, a.names, c.scheme, c.sex, c.published, c.compiled, c.amount_published, c.amount_compiled
FROM mart.control_total c
JOIN mart.area a USING (area_code)
WHERE c.area_code = ANY(:codes) AND c.period = :period
ORDER BY c.difference IS NOT DISTINCT FROM 0
         AND (c.amount_published IS NULL OR c.amount_difference IS NOT DISTINCT FROM 0), c.area_code, c.scheme, c.sex
"""


def published_totals(connection: Connection, codes: Sequence[str], period: str) -> tuple[PublishedTotal, ...]:
    """Those of some areas for a period, what differs first."""
    found = rows(connection, _PUBLISHED_TOTALS, codes=list(codes), period=period)
    return tuple(PublishedTotal(*row.values()) for row in found)
