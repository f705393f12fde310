"""The populations that divide an indicator."""

from typing import Any

from dashboards.queries.rows import rows
from dashboards.server.current_user import acting

_DENOMINATORS = """
SELECT DISTINCT ON (year) year, persons, status, from_years, sources, known_from
FROM mart.denominator
WHERE indicator = :indicator AND area_code = :area_code AND sex = '_T'
ORDER BY year DESC
"""


def denominators(indicator: str, area_code: str) -> list[dict[str, Any]]:
    """Year, persons, status, years and sources of each population that divides in an area, the newest year first."""
    with acting() as connection:
        return rows(connection, _DENOMINATORS, indicator=indicator, area_code=area_code)
