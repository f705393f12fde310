"""The submissions that wait in the ledger: taken in the order in which they came, finished, or tried again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from sala.errors import Refusal
from sala.translation.translator import available
from sql import warehouse
from transforms.identity.audit import record
from transforms.identity.person import SYSTEM
from transforms.identity.rights import Rights
from transforms.intake.fault_log import keep_fault
from transforms.intake.sender import Sender
from transforms.intake.submit import record_state
from validators.verdict import Verdict

BATCH_FILES = 50
BATCH_BYTES = 30_000_000  # of files judged together; a larger file is judged alone
ATTEMPTS = 3  # that end in a fault of ours; after them the submission waits for a person, and is not lost
ATTEMPTS_CUT_SHORT = 6  # by the end of the process or the database, which mostly is not the file's doing

_GIVE_UP = """
    UPDATE ledger.submission SET state = 'failed', alerted_at = NULL
    WHERE state = 'received' AND attempts >= :most AND submission_id <> ALL (:tried)
    RETURNING submission_id, attempts
"""
_FAIL = """
    UPDATE ledger.submission SET state = CASE WHEN attempts >= :most THEN 'failed' ELSE state END, alerted_at = NULL
    WHERE submission_id = :id
    RETURNING attempts
"""
_BATCH = """
    WITH queue AS (
        SELECT *, sum(size) OVER so_far - size AS before, attempts > 0 AND turn > min(turn) OVER () AS alone
        FROM ledger.submission
        WHERE state = 'received' AND submission_id <> ALL (:tried)
        WINDOW so_far AS (ORDER BY turn)
    )
    SELECT submission_id, receipt, sha256, filename, dataset, received_at,
           coalesce(tried_at, handed_in_at, received_at) AS queued_at, turn, person_id, unbound, narrowed_to,
           submitted_by
    FROM queue
    WHERE before < :bytes AND turn < coalesce((SELECT min(turn) FROM queue WHERE alone), turn + 1)
    ORDER BY turn
    LIMIT (SELECT CASE WHEN attempts > 0 THEN 1 ELSE :files END FROM queue ORDER BY turn LIMIT 1)
"""
_COUNT_ATTEMPT = "UPDATE ledger.submission SET attempts = attempts + 1 WHERE submission_id = ANY (:ids)"
_FINISH = """
    UPDATE ledger.submission
    SET state = :state, outcome = :outcome, dataset = coalesce(:dataset, dataset), rows_read = :read,
        rows_accepted = :accepted, rows_rejected = :rejected, finished_at = :now, verdicts = :number
    WHERE submission_id = :id
"""


@dataclass(frozen=True)
class WaitingSubmission:
    """A file that waits in the ledger. `queued_at`: when it was last submitted, or tried again."""

    id: int
    receipt: str
    digest: bytes
    filename: str
    dataset: str | None
    received_at: datetime
    queued_at: datetime
    turn: int
    rights: Rights
    submitted_by: str

    def sender(self, day: date) -> Sender:
        """Who sent it, on a day of the country."""
        return Sender(day, self.rights, self.turn, self.id, self.submitted_by)


def next_batch(tried: Iterable[int]) -> list[WaitingSubmission]:
    """The submissions that have waited longest, without those `tried`: as many as are judged together. What was tried
    before comes alone, so that it cannot take others along; what used up its attempts is marked and does not come.
    """
    given = {"tried": list(tried), "bytes": BATCH_BYTES, "files": BATCH_FILES, "most": ATTEMPTS_CUT_SHORT}
    with warehouse.transaction() as connection:
        for submission_id, attempts in connection.execute(text(_GIVE_UP), given).all():
            _record_failure(connection, submission_id, attempts, {})
        return [_waiting(row) for row in connection.execute(text(_BATCH), given)]


def count_attempt(batch: Iterable[WaitingSubmission]) -> None:
    """Count it before anything is read, so that a file that ends the process that reads it is given up as well."""
    with warehouse.transaction() as connection:
        connection.execute(text(_COUNT_ATTEMPT), {"ids": [submission.id for submission in batch]})


def _waiting(row: Row[Any]) -> WaitingSubmission:
    narrowed_to = None if row.narrowed_to is None else tuple(row.narrowed_to)
    return WaitingSubmission(
        row.submission_id,
        row.receipt,
        bytes(row.sha256),
        row.filename,
        row.dataset,
        row.received_at,
        row.queued_at,
        row.turn,
        Rights(row.person_id, row.unbound, narrowed_to),
        row.submitted_by,
    )


def claim(connection: Connection, submission: WaitingSubmission) -> bool:
    """Hold the ledger row until the transaction ends; false where somebody else has just finished it, or its sender
    has handed it in anew."""
    state, turn = connection.execute(
        text("SELECT state, turn FROM ledger.submission WHERE submission_id = :id FOR UPDATE"),
        {"id": submission.id},
    ).one()
    return bool(state == "received" and turn == submission.turn)


def finish(
    connection: Connection, submission: WaitingSubmission, verdict: Verdict, number: int, held: bool
) -> None:
    """Record what the submission came to, with the number of its verdict; `held` until somebody confirms it."""
    loaded = "held" if held else "loaded"
    state = {"accepted": loaded, "partial": loaded}.get(verdict.outcome, verdict.outcome)
    counts = {
        "outcome": verdict.outcome,
        "accepted": verdict.rows_accepted,
        "rejected": verdict.rows_rejected,
    }
    connection.execute(
        text(_FINISH),
        counts
        | {
            "id": submission.id,
            "state": state,
            "dataset": verdict.dataset or None,
            "read": verdict.rows_read,
            "now": datetime.now(UTC),
            "number": number,
        },
    )
    record_state(connection, submission.id, state)
    record(
        connection, SYSTEM, "judge", f"submission {submission.receipt}", None, counts | {"verdict": number}
    )


def fail(submission: WaitingSubmission, fault: Exception) -> None:
    """Record that it could not be taken in, and why. After the last attempt it is marked, and comes up no more."""
    reference = keep_fault(fault, f"submission {submission.receipt}")
    message = (
        {language: fault.text(language) for language in available()} if isinstance(fault, Refusal) else None
    )
    most = ATTEMPTS_CUT_SHORT if warehouse.away(fault) else ATTEMPTS
    with warehouse.transaction() as connection:
        attempts = connection.execute(text(_FAIL), {"id": submission.id, "most": most}).scalar_one()
        _record_failure(connection, submission.id, attempts, {"fault": reference, "says": message})


def _record_failure(
    connection: Connection, submission_id: int, attempts: int, why: Mapping[str, Any]
) -> None:
    record_state(connection, submission_id, "failed", json.dumps({"attempt": attempts, **why}))
