"""Items of an area: what it holds, what it passed on, what is overdue below it, what came back."""

from typing import Any, Literal, get_args

from dashboards.models.item import Item, ItemStep
from dashboards.queries.rows import rows
from dashboards.server.current_user import acting

ItemList = Literal["held", "passed", "overdue", "answered"]
LISTS: tuple[ItemList, ...] = get_args(ItemList)

_MOST = 100
# the list is given as a value, so that Postgres plans for the condition of one
_ITEMS = """
WITH own AS (SELECT tree_left, tree_right, depth FROM mart.area WHERE area_code = :code ORDER BY valid_to DESC LIMIT 1)
SELECT i.*, count(*) OVER () AS of_these
FROM mart.item i
CROSS JOIN own
WHERE (CAST(:kind AS text) IS NULL OR i.kind = :kind)
  AND (
    :list = 'held' AND i.holder_code = :code AND i.state <> 'settled' AND NOT i.grouped
    OR :list = 'passed' AND i.state = 'open' AND i.holder_depth < own.depth
       AND i.area_tree_left BETWEEN own.tree_left AND own.tree_right
    OR :list = 'overdue' AND i.overdue AND NOT i.grouped AND i.holder_depth > own.depth
       AND i.holder_tree_left BETWEEN own.tree_left AND own.tree_right
    OR :list = 'answered' AND i.state <> 'open' AND i.answer IS NOT NULL
       AND i.area_tree_left BETWEEN own.tree_left AND own.tree_right
       AND (i.top_depth < i.area_depth AND i.top_depth <= own.depth OR i.area_code = :code)
  )
ORDER BY CASE WHEN :list = 'answered' THEN i.moved_at END DESC, i.due, i.item_id
LIMIT :most
"""
_STEPS = """
SELECT s.action, s.at, s.person, s.reason, s.from_names, s.holder_names AS to_names
FROM mart.item_step s
WHERE s.item_id = :item_id
ORDER BY s.step
"""


def items(code: str, name: ItemList, kind: str | None = None, most: int = _MOST) -> tuple[list[Item], int]:
    """The items of an area in one of its lists, the most pressing first, and how many there are in all."""
    with acting() as connection:
        listed = rows(connection, _ITEMS, code=code, list=name, kind=kind, most=most)
    return [_item(row) for row in listed], listed[0]["of_these"] if listed else 0


def item_steps(item_id: int) -> list[ItemStep]:
    """The steps of an item, oldest first; none where the reader does not see it."""
    with acting() as connection:
        return [ItemStep(**row) for row in rows(connection, _STEPS, item_id=item_id)]


def _item(row: dict[str, Any]) -> Item:
    return Item(
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
