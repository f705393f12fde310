"""What the board's page reads beside an area's profile, in one transaction."""

from collections.abc import Hashable
from dataclasses import fields
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Connection

from dashboards.models.board import (
    Board,
    Call,
    Colour,
    Consultation,
    Cost,
    Decision,
    Goal,
    Part,
    Source,
)
from dashboards.queries.as_of import as_of
from dashboards.queries.rows import rows
from dashboards.server.current_user import acting, person

_MOVEMENT = """
SELECT * FROM mart.movement
WHERE area_code = :area AND period = :period AND indicator = :indicator ORDER BY abs(share) DESC NULLS LAST, part
"""
_SOURCES = """
SELECT part, source_code, names, scheme, receipt, persons FROM mart.movement_source
WHERE area_code = :area AND period = :period AND indicator = :indicator AND position <= 3
ORDER BY abs(persons) DESC, position
"""
_SCORECARD = """
SELECT * FROM mart.scorecard
WHERE period = :period AND period_id = :period_id
  AND area_code = ANY (ARRAY(SELECT area_code FROM mart.area WHERE parent_code = :area AND valid_to = 'infinity'))
"""
_CALLS = """
SELECT d.area_code, a.names, d.scheme, d.persons, d.closes FROM mart.doubt d JOIN mart.area a USING (area_code)
WHERE d.period = :period AND d.period_id = :period_id AND d.indicator = :indicator
  AND a.valid_to = 'infinity' AND d.position <= 5
ORDER BY d.position
"""
_DECISIONS = """
SELECT * FROM mart.open_decision WHERE area_code = :area ORDER BY overdue DESC, decisions DESC, item_id
"""
_COSTS = """
SELECT * FROM mart.extension_cost(NULL, NULL)
WHERE area_code = :area AND area_level = :level AND period = :period AND sex = '_T'
"""
_GOALS = """
SELECT * FROM mart.plan_progress WHERE area_code = :area AND sex = '_T' AND kind = 'target' ORDER BY indicator, year
"""
_MOST_CONSULTATIONS = 50
_CONSULTATIONS = "SELECT * FROM mart.consultation WHERE area_code = :area ORDER BY number DESC LIMIT :most"

Row = TypeVar("Row")


def board(area: str, level: str, period: str | None, indicator: str | None) -> Board:
    """What is said of an area for a period; empty lists where there is nothing."""
    asked = {"area": area, "level": level, "period": period, "indicator": indicator}
    with acting() as connection:
        parts, sources = _movement(area, period, indicator, as_of(connection), person().scope)
        return Board(
            parts=parts,
            sources=sources,
            scorecard=_read(connection, Colour, _SCORECARD, asked),
            calls=_read(connection, Call, _CALLS, asked),
            decisions=_read(connection, Decision, _DECISIONS, asked),
            costs=_read(connection, Cost, _COSTS, asked),
            goals=_read(connection, Goal, _GOALS, asked),
        )


@lru_cache(maxsize=32)
def _movement(
    area: str, period: str | None, indicator: str | None, _as_of: str, _scope: Hashable
) -> tuple[list[Part], list[Source]]:
    """What moved a figure, and where from: it is another only when something was published or reviewed."""
    asked = {"area": area, "period": period, "indicator": indicator}
    with acting() as connection:
        return _read(connection, Part, _MOVEMENT, asked), _read(connection, Source, _SOURCES, asked)


def consultations(area: str) -> list[Consultation]:
    """What meetings of an area wrote down, the newest first; at most so many."""
    with acting() as connection:
        return _read(connection, Consultation, _CONSULTATIONS, {"area": area, "most": _MOST_CONSULTATIONS})


def _read(connection: Connection, row: type[Row], query: str, asked: dict[str, Any]) -> list[Row]:
    names = [field.name for field in fields(row)]  # type: ignore[arg-type]
    used = {name: value for name, value in asked.items() if f":{name}" in query}
    return [row(*(record[name] for name in names)) for record in rows(connection, query, **used)]
