"""Confirming: what looked doubtful is right, somebody confirms, and says why.

Figures do not wait for it, except those of a file that is held because of what it would replace: it is taken in when
the last of its reasons is confirmed.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from sala.errors import Conflict
from sql import warehouse
from transforms.identity.audit import record
from transforms.identity.person import Person
from transforms.intake.announcement import announce
from transforms.intake.held import waits_for_a_word
from transforms.intake.submission_lookup import Submission, find_to_change
from transforms.intake.submit import record_state

SELECTED = """
    SELECT count(*) FROM ledger.problem
    WHERE submission_id = :id AND verdict = :verdict AND severity IN ('warn', 'hold')
      AND (CAST(:rule AS text) IS NULL OR rule = :rule)
      AND (CAST(:row AS integer) IS NULL OR row_number = :row)
"""


def confirm(
    person: Person, receipt: str, rule: str | None = None, row: int | None = None, comment: str | None = None
) -> int:
    """Confirm the warnings of the last verdict: all, those of a rule, or one row's. Returns how many.

    Raises NotFound, NotAllowed, and Conflict where no warning is meant.
    """
    submission = find_to_change(person, receipt)
    comment = (comment or "").strip() or None
    selected = {"id": submission.id, "verdict": submission.verdicts, "rule": rule, "row": row}
    with warehouse.transaction() as connection:
        count = int(connection.execute(text(SELECTED), selected).scalar_one())
        if not count:
            raise Conflict("nothing_to_confirm", receipt=submission.receipt)
        connection.execute(
            text(
                "INSERT INTO ledger.confirmation (submission_id, verdict, rule, row_number, comment, confirmed_by)"
                " VALUES (:id, :verdict, :rule, :row, :comment, :by)"
            ),
            selected | {"comment": comment, "by": person.name or "visitor"},
        )
        if submission.state == "held" and not waits_for_a_word(
            connection, submission.id, submission.verdicts
        ):
            _release(connection, submission)
        detail = {"rule": rule, "row": row, "comment": comment, "warnings": count}
        record(
            connection, person, "confirm", f"submission {submission.receipt}", submission.area_code, detail
        )
    announce()
    return count


def _release(connection: Connection, submission: Submission) -> None:
    """Put a held file back into the queue."""
    connection.execute(
        text("UPDATE ledger.submission SET state = 'received', attempts = 0 WHERE submission_id = :id"),
        {"id": submission.id},
    )
    record_state(connection, submission.id, "received")
