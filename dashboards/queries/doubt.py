"""Where the returns are missing that leave most of the nation's interval open."""

from sqlalchemy import Connection

from dashboards.models.doubt import Doubt
from dashboards.queries.rows import rows

_CONCENTRATION = """
SELECT c.areas, c.share, l.plurals, (
    SELECT jsonb_agg(a.names ORDER BY array_position(c.area_codes, a.area_code))
    FROM mart.area a
    WHERE a.area_code = ANY(c.area_codes) AND a.valid_to = 'infinity'
) AS names
FROM mart.doubt_concentration c
JOIN mart.layer l USING (area_level)
WHERE c.indicator = :indicator AND c.period = :period AND c.period_id = :period_id
"""


def doubt(connection: Connection, indicator: str, period: str) -> Doubt | None:
    """The areas that hold two thirds of an indicator's doubt; None where no return is missing."""
    concentration = rows(connection, _CONCENTRATION, indicator=indicator, period=period)
    if not concentration:
        return None
    row = concentration[0]
    return Doubt(row["areas"], row["share"], row["plurals"], tuple(row["names"] or ()))
