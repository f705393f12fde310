"""Meetings: a point of the agenda with who was heard, and the decision as an item with a holder and a day."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, text

from sala.errors import Invalid
from transforms.identity.person import Person

_RECORD = "SELECT core.record_consultation(:area, :day, :point, :heard, :decision, :holder, :due, :person)"


def record_consultation(
    connection: Connection,
    person: Person,
    area_code: str,
    day: dt.date,
    point: str,
    *,
    heard: str | None = None,
    decision: str | None = None,
    holder: str | None = None,
    due: dt.date | None = None,
) -> int | None:
    """Write down a point of a meeting of `day`. Returns the number of the decision's item, where one was made.

    Raises NotAllowed, and Invalid where nothing is said, or a decision has no holder of the area or no day to come.
    """
    person.must("decide", area_code)
    heard, decision = (words.strip() if words and words.strip() else None for words in (heard, decision))
    if heard is None and decision is None:
        raise Invalid("consultation_empty")
    if decision is not None and (due is None or holder is None):
        raise Invalid("decision_without_holder")
    if holder is not None:
        person.must("decide", holder)
    if due is not None and due < day:
        raise Invalid("decision_due_before", day=day.isoformat())
    made = connection.execute(
        text(_RECORD),
        {
            "area": area_code,
            "day": day,
            "point": point,
            "heard": heard,
            "decision": decision,
            "holder": holder,
            "due": due,
            "person": person.name,
        },
    ).scalar()
    return None if made is None else int(made)
