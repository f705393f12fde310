"""Where an area stands in the chain: the ones above it, the ones right below."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Connection

from dashboards.models.area import Area
from dashboards.models.reference import Period
from dashboards.queries.rows import rows
from dashboards.server.current_user import acting
from sala.errors import NotFound

_AREAS = """
WITH RECURSIVE above AS (
    SELECT a.*, 0 AS steps FROM mart.area a WHERE a.area_code = :code
    UNION ALL
    SELECT a.*, steps + 1 FROM mart.area a JOIN above ON a.area_code = above.parent_code
)
SELECT area_code, area_level, depth, names, parent_code, valid_from, valid_to, 'above' AS place FROM above
UNION ALL
SELECT area_code, area_level, depth, names, parent_code, valid_from, valid_to, 'below'
FROM mart.area WHERE parent_code = :code
"""


_WITHIN = """
SELECT a.area_code, a.area_level, a.depth, a.names, a.parent_code
FROM mart.area own
JOIN mart.area a ON a.tree_left BETWEEN own.tree_left AND own.tree_right
    AND a.depth <= own.depth + 2 AND a.valid_to = 'infinity'
WHERE own.valid_to = 'infinity' AND (own.area_code = :code OR :code = '' AND own.depth = 0)
ORDER BY a.depth, a.area_code
"""


_NAMES = """
SELECT DISTINCT ON (area_code) area_code, names FROM mart.area
WHERE area_code = ANY(:codes) ORDER BY area_code, valid_to DESC
"""


def for_template(code: str) -> list[Area]:
    """An area and the two layers below it; without a code, of the root."""
    with acting() as connection:
        areas = rows(connection, _WITHIN, code=code)
    return [Area(r["area_code"], r["area_level"], r["depth"], r["names"], r["parent_code"]) for r in areas]


def names_of(connection: Connection, codes: Sequence[str]) -> dict[str, dict[str, str]]:
    """Area code → its names by language, of the codes that there are; the newest where several areas bore one."""
    named = rows(connection, _NAMES, codes=list(codes))
    return {row["area_code"]: row["names"] for row in named}


def must_exist(connection: Connection, code: str) -> None:
    """Raises NotFound where no area has this code."""
    if not rows(connection, "SELECT area_code FROM mart.area WHERE area_code = :code LIMIT 1", code=code):
        raise NotFound("unknown_area", what=code)


def places(connection: Connection, code: str, period: Period | None) -> tuple[list[Area], list[Area]]:
    """The chain from the root down to the area, and the areas right below it that stood in the period."""
    # an area without an end is valid on every day before the last one there is
    day = period.ends_on if period else dt.date.max - dt.timedelta(days=1)
    places: dict[str, dict[str, Area]] = {"above": {}, "below": {}}
    for row in rows(connection, _AREAS, code=code):
        area = Area(row["area_code"], row["area_level"], row["depth"], row["names"], row["parent_code"])
        is_valid = str(row["valid_from"]) <= str(day) < str(row["valid_to"])
        # One code can have stood for different areas in turn: the one of the period wins.
        if is_valid or (row["place"] == "above" and area.code not in places["above"]):
            places[row["place"]][area.code] = area
    if code not in places["above"]:
        raise NotFound("unknown_area", what=code)
    above = sorted(places["above"].values(), key=lambda area: area.depth)
    return above, list(places["below"].values())
