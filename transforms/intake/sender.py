"""Who hands a file in, and for which areas and schemes they may report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from transforms.intake.submission_queue import WaitingSubmission

NEWEST = 2**62
"""The turn of a file that has not been submitted: after all that have."""

_MAY_ALLOCATE = """
    SELECT s.person_id IS NULL OR 'allocate' = ANY (r.actions)
    FROM ledger.submission s
    LEFT JOIN ledger.person p USING (person_id)
    LEFT JOIN core.role r ON r.code = p.role
    WHERE s.submission_id = :id
"""
_AREAS = """
    SELECT a.code, own.parent_id IS NULL
    FROM core.area own
    JOIN core.area a ON a.tree_left BETWEEN own.tree_left AND own.tree_right
    WHERE own.area_id = :own
"""


@dataclass(frozen=True)
class Sender:
    """`day`: that on which the file was submitted. `scope`: codes of the areas that the sender may report for, None
    for all. `administrator`: the scheme administrator to which they belong, whose schemes alone they report.
    `turn`: the file's place in the order of arrival, before which other files are older ones. `submission_id`: the
    file's own number, 0 while it has none.
    """

    day: date
    scope: frozenset[str] | None = None
    administrator: str | None = None
    turn: int = NEWEST
    submission_id: int = 0


def sender_of(connection: Connection, submission: WaitingSubmission, dataset: str, day: date) -> Sender:
    """The sender of a submission, with the areas that they could report for when it was submitted."""
    scope = _scope(connection, submission, dataset)
    return Sender(day, scope, submission.from_administrator, submission.turn, submission.id)


def _scope(connection: Connection, submission: WaitingSubmission, dataset: str) -> frozenset[str] | None:
    """Codes of areas; None is every area. Money is granted by those alone who may allocate."""
    if (
        dataset == "allocations"
        and not connection.execute(text(_MAY_ALLOCATE), {"id": submission.id}).scalar()
    ):
        return frozenset()
    if submission.from_area_id is None:
        return None
    rows = connection.execute(text(_AREAS), {"own": submission.from_area_id}).all()
    return None if any(whole for _, whole in rows) else frozenset(code for code, _ in rows)
