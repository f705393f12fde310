"""Items as one area meets them: what it holds, what it passed on, what is overdue below it, what came back."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from dashboards.queries.rows import rows
from dashboards.server.current_user import acting

Where = Literal["held", "passed", "overdue", "answered"]
WHERES: tuple[Where, ...] = get_args(Where)

_MOST = 100
_WHERE: Mapping[Where, str] = {
    "held": "i.holder_code = :code AND i.state <> 'settled' AND NOT i.grouped",
    "passed": (
        "i.state = 'open' AND i.holder_depth < here.depth"
        " AND i.area_tree_left BETWEEN here.tree_left AND here.tree_right"
    ),
    "overdue": (
        "i.overdue AND NOT i.grouped AND i.holder_depth > here.depth"
        " AND i.holder_tree_left BETWEEN here.tree_left AND here.tree_right"
    ),
    "answered": (
        "i.state <> 'open' AND i.answer IS NOT NULL AND i.area_tree_left BETWEEN here.tree_left AND here.tree_right"
        " AND (i.top_depth < i.area_depth AND i.top_depth <= here.depth OR i.area_code = :code)"
    ),
}
_ORDER: Mapping[Where, str] = {"answered": "i.moved_at DESC, i.item_id"}
_ITEMS = """
WITH here AS (SELECT tree_left, tree_right, depth FROM mart.area WHERE area_code = :code ORDER BY valid_to DESC LIMIT 1)
SELECT i.*, count(*) OVER () AS of_these
FROM mart.item i
CROSS JOIN here
WHERE {where}
ORDER BY {order}
LIMIT :most
"""
_STEPS = """
SELECT s.action, s.at, s.person, s.reason, s.from_names, s.holder_names AS to_names
FROM mart.item_step s
WHERE s.item_id = :item_id
ORDER BY s.step
"""


@dataclass(frozen=True)
class Travelling:
    """A row of mart.item; `moves` are the steps that its holder can make."""

    item_id: int
    kind: str
    text: str
    origin: str
    names: dict[str, str]
    holder: str
    holder_names: dict[str, str]
    administrator: str | None
    state: str
    age_days: int
    due: dt.date
    overdue: bool
    parts: int
    answer: str | None
    answered_names: dict[str, str] | None
    at_origin: bool
    at_root: bool


@dataclass(frozen=True)
class Step:
    """A row of mart.item_step."""

    action: str
    at: dt.datetime
    person: str
    reason: str | None
    from_names: dict[str, str] | None
    to_names: dict[str, str]


def items(
    code: str, where: Where, kind: str | None = None, most: int = _MOST
) -> tuple[list[Travelling], int]:
    """The items of an area by where they are, the most pressing first, and how many there are in all."""
    wanted = _WHERE[where] + (" AND i.kind = :kind" if kind else "")
    query = _ITEMS.format(where=wanted, order=_ORDER.get(where, "i.due, i.item_id"))
    with acting() as connection:
        found = rows(connection, query, code=code, kind=kind, most=most)
    return [_travelling(row) for row in found], found[0]["of_these"] if found else 0


def steps(item_id: int) -> list[Step]:
    """The way of an item, oldest step first; nothing where the reader does not see it."""
    with acting() as connection:
        found = rows(connection, _STEPS, item_id=item_id)
    return [
        Step(row["action"], row["at"], row["person"], row["reason"], row["from_names"], row["to_names"])
        for row in found
    ]


def _travelling(row: dict[str, Any]) -> Travelling:
    return Travelling(
        item_id=row["item_id"],
        kind=row["kind"],
        text=row["text"],
        origin=row["area_code"],
        names=row["names"],
        holder=row["holder_code"],
        holder_names=row["holder_names"],
        administrator=row["administrator"],
        state=row["state"],
        age_days=row["age_days"],
        due=row["due"],
        overdue=row["overdue"],
        parts=row["parts"],
        answer=row["answer"],
        answered_names=row["answered_names"],
        at_origin=row["holder_code"] == row["area_code"],
        at_root=row["holder_depth"] == 0,
    )
