"""Trying again: files that were not, or not wholly, taken in are judged anew after a mend in the country folder.

The new verdict stands beside the older ones. What stands already is left alone, so trying twice does no harm; a
return that was withdrawn or replaced meanwhile stays so.
"""

from __future__ import annotations

import json

from sqlalchemy import text

from sala.errors import Conflict
from sql import warehouse
from transforms.identity.audit import record
from transforms.identity.person import Person
from transforms.intake.announcement import announce
from transforms.intake.submission_lookup import Submission, find_to_change
from transforms.intake.submit import record_state

AGAIN = """
    UPDATE ledger.submission SET state = 'received', tried_at = clock_timestamp(), attempts = 0, alerted_at = NULL
    WHERE submission_id = :id AND raw_ended_at IS NULL
      AND (state IN ('held', 'rejected', 'unreadable', 'failed') OR state = 'loaded' AND rows_rejected > 0)
    RETURNING submission_id
"""
UNFINISHED = """
    SELECT receipt FROM ledger.submission
    WHERE (state IN ('rejected', 'unreadable', 'failed') OR state = 'loaded' AND rows_rejected > 0)
      AND raw_ended_at IS NULL
    ORDER BY turn
"""


def retry(person: Person, receipt: str) -> None:
    """Put one submission back into the queue. Raises NotFound, NotAllowed, Conflict."""
    _again(person, find_to_change(person, receipt))


def retry_all(person: Person) -> list[str]:
    """Put every submission back that was not wholly taken in. Returns the receipts."""
    with warehouse.transaction() as connection:
        receipts = [str(receipt) for receipt in connection.execute(text(UNFINISHED)).scalars()]
    for receipt in receipts:
        _again(person, find_to_change(person, receipt))
    return receipts


def _again(person: Person, submission: Submission) -> None:
    with warehouse.transaction() as connection:
        if connection.execute(text(AGAIN), {"id": submission.id}).scalar() is None:
            raise Conflict("nothing_to_retry", receipt=submission.receipt)
        record_state(connection, submission.id, "received", json.dumps({"tried_again_by": person.name}))
        record(connection, person, "retry", f"submission {submission.receipt}", submission.area_code)
    announce()
