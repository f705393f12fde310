"""Areas by a name in any language, or by their code."""

from collections.abc import Mapping
from dataclasses import dataclass

from dashboards.queries.rows import rows
from dashboards.server.current_user import acting

MOST = 30
_FOUND = """
SELECT f.area_code, f.names, f.above_names, l.names AS layer
FROM mart.area_search(:words) f
JOIN mart.layer l USING (area_level)
ORDER BY f.place
LIMIT :most
"""


@dataclass(frozen=True)
class FoundArea:
    """An area of the reader's scope, with the area above it and its layer; names by language."""

    area_code: str
    names: Mapping[str, str]
    above_names: Mapping[str, str] | None
    layer: Mapping[str, str]


def search_areas(words: str, most: int = MOST) -> list[FoundArea]:
    """The best first; none for nothing."""
    with acting() as connection:
        return [FoundArea(**row) for row in rows(connection, _FOUND, words=words, most=most)]
