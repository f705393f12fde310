"""Releases and their figures, as far as the reader may see them."""

from typing import Any

from dashboards.queries.rows import rows
from dashboards.server.current_user import acting
from sala.errors import NotFound

_LISTED = """
SELECT * FROM mart.release WHERE CAST(:period AS text) IS NULL OR period = :period
ORDER BY coalesce(released_at, drafted_at) DESC LIMIT :most
"""
_ONE = "SELECT * FROM mart.release WHERE release = :release"
_CHECKS = "SELECT * FROM mart.release_check WHERE release = :release ORDER BY name"
_DECISIONS = "SELECT * FROM mart.release_decision WHERE release = :release ORDER BY decision_id"
_FILES = """
SELECT name, media_type, octet_length(content) AS bytes, sha256 FROM mart.release_file
WHERE release = :release ORDER BY name
"""
_FIGURES = """
SELECT f.* FROM mart.released_figure f
WHERE f.release = :release AND (CAST(:table AS text) IS NULL OR f.public_table = :table)
  AND (CAST(:area AS text) IS NULL OR f.area_code = :area) AND (CAST(:key AS text) IS NULL OR f.key = :key)
ORDER BY f.public_table, f.key
"""
_OF_AREAS = """
SELECT f.* FROM mart.released_figure f WHERE f.release = :release AND f.area_code = ANY(:areas)
ORDER BY f.public_table, f.key
"""
_PERIODS = """
SELECT p.period FROM mart.period p
WHERE p.period !~ 'W' AND EXISTS (SELECT FROM mart.indicator_value v WHERE v.period = p.period AND v.completeness > 0)
ORDER BY p.starts_on DESC, p.period DESC
"""
_TRIANGLE = """
SELECT f.*, r.version, r.released_at, r.state
FROM mart.released_figure f JOIN mart.release r USING (release)
WHERE f.public_table = :table AND f.key = :key AND r.released_at IS NOT NULL
ORDER BY f.period DESC, r.released_at
"""
MOST = 500


def releases(period: str | None = None) -> list[dict[str, Any]]:
    """The releases, newest first."""
    with acting() as connection:
        return rows(connection, _LISTED, period=period, most=MOST)


def release(name: str) -> dict[str, Any]:
    """One with its `checks`, `decisions` and `files`. Raises NotFound."""
    with acting() as connection:
        matches = rows(connection, _ONE, release=name)
        if not matches:
            raise NotFound("unknown_release", release=name)
        parts = {"checks": _CHECKS, "decisions": _DECISIONS, "files": _FILES}
        return matches[0] | {part: rows(connection, query, release=name) for part, query in parts.items()}


def figures(
    name: str, table: str | None = None, area: str | None = None, key: str | None = None
) -> list[dict[str, Any]]:
    """Its figures, or those of a table, an area, a key."""
    with acting() as connection:
        return rows(connection, _FIGURES, release=name, table=table, area=area, key=key)


def figures_of_areas(name: str, areas: list[str]) -> list[dict[str, Any]]:
    """The figures of some areas."""
    with acting() as connection:
        return rows(connection, _OF_AREAS, release=name, areas=areas)


def periods() -> list[str]:
    """Periods with figures that can be released, newest first."""
    with acting() as connection:
        return [row["period"] for row in rows(connection, _PERIODS)]


def figure(name: str, table: str, key: str) -> dict[str, Any]:
    """The figure at a permanent address, with its release, and under `now` what stands. Raises NotFound."""
    of = release(name)
    matches = figures(name, table, key=key)
    if not matches:
        raise NotFound("unknown_figure", release=name, table=table, cell=key)
    standing = of["stands_now"]
    now = figures(standing, table, key=key) if standing and standing != name else []
    return matches[0] | {"of": of, "now": now[0] if now else None}


def triangle(table: str, key: str) -> list[dict[str, Any]]:
    """What every release, of every period, says of one figure: the revision triangle."""
    with acting() as connection:
        return rows(connection, _TRIANGLE, table=table, key=key)
