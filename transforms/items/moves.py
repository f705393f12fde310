"""Items travel: a risk, a decision or a question stays with the lowest layer able to settle it.

It escalates with a reason, or is handed down to the layer that can; its answer goes back to where it came from, and
every layer in between sees it. The area that holds an item is the only one that can move it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, text

from sala.errors import Conflict, Invalid, NotFound
from sql import warehouse
from transforms.identity.audit import record
from transforms.identity.person import Person

Move = Literal["escalated", "handed_down", "answered", "settled"]
MOVES: tuple[Move, ...] = get_args(Move)


@dataclass(frozen=True)
class ItemPosition:
    """Where an item is, and where it can go."""

    item_id: int
    kind: str
    state: str
    holder_id: int
    holder_code: str
    origin_code: str
    above_id: int | None
    below_id: int | None
    grouped: bool
    today: dt.date
    answer_days: int

    @property
    def moves(self) -> tuple[Move, ...]:
        """The steps that can be made from here."""
        if self.state == "settled" or self.grouped:
            return ()
        back = self.below_id is not None
        possible = {
            "settled": True,
            "answered": back,
            "escalated": self.above_id is not None,
            "handed_down": back,
        }
        return tuple(move for move in MOVES if possible[move])

    def goes_to(self, move: Move) -> int:
        """The area that holds it after the step."""
        target = {"escalated": self.above_id, "handed_down": self.below_id}.get(move, self.holder_id)
        assert target is not None  # `moves` lists only steps that lead somewhere
        return target


def item_position(connection: Connection, item_id: int) -> ItemPosition:
    """Raises NotFound where there is no such item, or none that this person sees."""
    row = warehouse.run(connection, "items/item_position.sql", item_id=item_id).mappings().one_or_none()
    if row is None:
        raise NotFound("unknown_item")
    return ItemPosition(
        row["item_id"],
        row["kind"],
        row["state"],
        row["holder_id"],
        row["holder_code"],
        row["origin_code"],
        row["above_id"],
        row["below_id"],
        row["part_of"] is not None and row["whole_state"] == "open",
        row["today"],
        row["answer_days"],
    )


def move(
    connection: Connection, person: Person, item_id: int, step: Move, reason: str, due: dt.date | None = None
) -> None:
    """One step of an item and of those grouped into it, with its reason (or the answer itself).

    Raises NotAllowed where the person's area does not hold it, Conflict where the step cannot be made,
    Invalid without a reason.
    """
    if not reason.strip():
        raise Invalid("item_reason_missing")
    item = item_position(connection, item_id)
    person.must("settle", item.holder_code)
    if item.grouped:
        raise Conflict("item_grouped")
    if step not in item.moves:
        raise Conflict("item_step")
    warehouse.run(
        connection,
        "items/move.sql",
        item_id=item_id,
        action=step,
        to_id=item.goes_to(step),
        due=due or item.today + dt.timedelta(days=item.answer_days),
        person=person.name,
        reason=reason.strip(),
    )
    record(
        connection, person, f"item {step}", f"item {item_id}", item.holder_code, {"reason": reason.strip()}
    )


def raise_question(
    connection: Connection,
    person: Person,
    area_code: str,
    question: str,
    needs_layer: str,
    due: dt.date | None = None,
) -> int:
    """Raise a question outside a sheet; the layer that is asked holds it. Returns its number."""
    person.must("draft", area_code)
    if not question.strip():
        raise Invalid("question_missing")
    row: Any = (
        warehouse.run(
            connection,
            "items/raise_question.sql",
            area_code=area_code,
            text=question.strip(),
            needs_layer=needs_layer,
            due=due,
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise NotFound("unknown_area_or_layer", area=area_code, layer=needs_layer)
    connection.execute(
        text(
            "INSERT INTO core.item_step (item_id, at, action, from_id, to_id, person_id, person)"
            " VALUES (:item_id, clock_timestamp(), 'raised', :from_id, :to_id, core.current_person(), :person)"
        ),
        {
            "item_id": row["item_id"],
            "from_id": row["origin_id"],
            "to_id": row["holder_id"],
            "person": person.name,
        },
    )
    record(connection, person, "item raised", f"item {row['item_id']}", area_code)
    return int(row["item_id"])
