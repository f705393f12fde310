"""An area says that it has read a notice, or taken note of a grant."""

from __future__ import annotations

from sqlalchemy import Connection, text

from sala.errors import NotAllowed
from transforms.identity.audit import record
from transforms.identity.person import Person

_ACKNOWLEDGE = """
INSERT INTO core.acknowledgement (notice_id, area_id, person_id, person)
SELECT n.notice_id, a.area_id, core.current_person(), :person
FROM core.notice n
JOIN core.area top ON top.area_id = n.area_id
JOIN core.area a ON a.tree_left BETWEEN top.tree_left AND top.tree_right
    AND a.valid_to = 'infinity' AND a.code = :area_code
WHERE n.notice_id = :notice_id AND a.area_id <> n.publisher_id
ON CONFLICT DO NOTHING
RETURNING notice_id
"""
_ACKNOWLEDGE_ALLOCATION = """
INSERT INTO core.allocation_acknowledgement (return_id, area_id, person_id, person)
SELECT g.return_id, g.area_id, core.current_person(), :person
FROM core.present_allocation g
JOIN core.area a USING (area_id)
WHERE g.return_id = :allocation AND a.code = :area_code
ON CONFLICT DO NOTHING
RETURNING return_id
"""


def acknowledge(connection: Connection, person: Person, notice_id: int, area_code: str) -> bool:
    """Say that an area has read a notice. False where it had said so before, or is not asked.

    Raises NotAllowed: an area answers by its own people.
    """
    _must_answer(connection, person, area_code)
    done = connection.execute(
        text(_ACKNOWLEDGE), {"notice_id": notice_id, "area_code": area_code, "person": person.name}
    ).scalar()
    if done is not None:
        record(connection, person, "notice acknowledged", f"notice version {notice_id}", area_code)
    return done is not None


def acknowledge_allocation(connection: Connection, person: Person, allocation: int, area_code: str) -> bool:
    """Say that an area has taken note of a grant. False where it had before, or the grant is not the area's."""
    _must_answer(connection, person, area_code)
    done = connection.execute(
        text(_ACKNOWLEDGE_ALLOCATION),
        {"allocation": allocation, "area_code": area_code, "person": person.name},
    ).scalar()
    if done is not None:
        record(connection, person, "allocation acknowledged", f"allocation {allocation}", area_code)
    return done is not None


def _must_answer(connection: Connection, person: Person, area_code: str) -> None:
    """Raises NotAllowed: an area answers by its own people, and not by those above it."""
    person.must("draft", area_code)
    own = text(
        "SELECT core.acknowledges_for(area_id) FROM core.area WHERE code = :code AND valid_to = 'infinity'"
    )
    if not connection.execute(own, {"code": area_code}).scalar():
        raise NotAllowed("not_own_area")
