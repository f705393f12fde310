"""The submissions that wait in the ledger: taken in the order in which they came, finished, or tried again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, text

from sql import warehouse
from transforms.identity.audit import record
from transforms.identity.person import SYSTEM
from transforms.identity.rights import Rights
from transforms.intake.sender import Sender
from transforms.intake.submit import record_state
from validators.verdict import Verdict

BATCH_FILES = 50
BATCH_BYTES = 30_000_000  # of files judged together; a larger file is judged alone
ATTEMPTS = 3  # a fault of ours is tried again; then the submission waits for a person, and is not lost

_BATCH = """
    SELECT submission_id, receipt, sha256, filename, dataset, received_at,
           coalesce(tried_at, handed_in_at, received_at) AS queued_at, turn, person_id, unbound, narrowed_to
    FROM (
        SELECT *, sum(size) OVER (ORDER BY turn) - size AS before
        FROM ledger.submission
        WHERE state = 'received' AND submission_id <> ALL (:tried)
    ) AS queue
    WHERE before < :bytes
    ORDER BY turn
    LIMIT :files
"""
_FINISH = """
    UPDATE ledger.submission
    SET state = :state, outcome = :outcome, dataset = coalesce(:dataset, dataset), rows_read = :read,
        rows_accepted = :accepted, rows_rejected = :rejected, finished_at = :now, verdicts = :number
    WHERE submission_id = :id
"""
_COUNT_ATTEMPT = """
    UPDATE ledger.submission SET attempts = attempts + 1 WHERE submission_id = :id RETURNING attempts
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

    def sender(self, day: date) -> Sender:
        """Who sent it, on a day of the country."""
        return Sender(day, self.rights, self.turn, self.id)


def next_batch(tried: Iterable[int]) -> list[WaitingSubmission]:
    """The submissions that have waited longest, without those `tried`: as many as are judged together."""
    with warehouse.transaction() as connection:
        rows = connection.execute(
            text(_BATCH), {"tried": list(tried), "bytes": BATCH_BYTES, "files": BATCH_FILES}
        )
        return [_waiting(row) for row in rows]


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
    )


def claim(connection: Connection, submission: WaitingSubmission) -> bool:
    """Hold the ledger row until the transaction ends; false where somebody else has just finished it."""
    state = connection.execute(
        text("SELECT state FROM ledger.submission WHERE submission_id = :id FOR UPDATE"),
        {"id": submission.id},
    ).scalar_one()
    return bool(state == "received")


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


def count_failure(submission: WaitingSubmission) -> None:
    """Count the attempt; after the last one the submission is marked, so that it does not come up for ever."""
    with warehouse.transaction() as connection:
        attempts = connection.execute(text(_COUNT_ATTEMPT), {"id": submission.id}).scalar_one()
        record_state(connection, submission.id, "failed", json.dumps({"attempt": attempts}))
        if attempts >= ATTEMPTS:
            connection.execute(
                text("UPDATE ledger.submission SET state = 'failed' WHERE submission_id = :id"),
                {"id": submission.id},
            )
