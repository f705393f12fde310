"""What schemes pay, as the notices in force that everybody may read say it."""

from typing import Any

from dashboards.queries.rows import rows
from dashboards.server.current_user import acting

_BENEFITS = """
SELECT DISTINCT ON (scheme) scheme, benefit, benefit_per, titles, texts FROM mart.notice
WHERE scheme IS NOT NULL AND benefit IS NOT NULL AND everybody AND state = 'in_force'
ORDER BY scheme, valid_from DESC, notice_id DESC
"""


def benefits() -> dict[str, dict[str, Any]]:
    """Scheme → amount, what it is for (month, year, once), and the words of the notice."""
    with acting() as connection:
        return {row["scheme"]: row for row in rows(connection, _BENEFITS)}
