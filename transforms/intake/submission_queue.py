"""The submissions that wait in the ledger: taken in the order in which they came, finished, or tried again.

Several processes work them off. Each takes the oldest that nobody has, and shows that it lives by a session that it
keeps open. They read and judge beside each other; what may change the same areas is loaded in the order of arrival.
"""

from __future__ import annotations

import json
import time
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
from transforms.intake.file_name import kept_name
from transforms.intake.sender import Sender
from transforms.intake.submit import record_state
from validators.verdict import Verdict

BATCH_FILES = 50
BATCH_BYTES = 30_000_000  # of files judged together; a larger file is judged alone
ATTEMPTS = 3  # that end in a fault of ours; after them the submission waits for a person, and is not lost
LOOK_AGAIN_SECONDS = 0.02
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
_TAKE_BATCH = """
    WITH queue AS (
        SELECT *, sum(size) OVER so_far - size AS before, attempts > 0 AND turn > min(turn) OVER () AS alone
        FROM core.untaken_submission
        WHERE submission_id <> ALL (:tried)
        WINDOW so_far AS (ORDER BY turn)
    ),
    batch AS (
        SELECT submission_id, receipt, sha256, filename, dataset, received_at,
               coalesce(tried_at, handed_in_at, received_at) AS queued_at, turn, person_id, unbound, narrowed_to,
               submitted_by, coalesce((SELECT code FROM core.area WHERE area_id = from_area_id), '') AS area_code,
               via
        FROM queue
        WHERE before < :bytes AND turn < coalesce((SELECT min(turn) FROM queue WHERE alone), turn + 1)
        ORDER BY turn
        LIMIT (SELECT CASE WHEN attempts > 0 THEN 1 ELSE :files END FROM queue ORDER BY turn LIMIT 1)
    ),
    taken AS (
        INSERT INTO ledger.taken (submission_id, pid, since)
        SELECT submission_id, pid, backend_start FROM batch JOIN pg_stat_activity ON pid = pg_backend_pid()
        ON CONFLICT (submission_id) DO UPDATE SET pid = excluded.pid, since = excluded.since, span = NULL
    )
    SELECT * FROM batch ORDER BY turn
"""
_MORE_WAIT = "SELECT EXISTS (SELECT FROM core.untaken_submission WHERE submission_id <> ALL (:tried))"
_SPAN = """
    WITH named AS (
        SELECT of_file.key::integer AS submission_id, code
        FROM jsonb_each(CAST(:areas AS jsonb)) AS of_file, jsonb_array_elements_text(of_file.value) AS code
    )
    UPDATE ledger.taken t
    SET span = coalesce(
        (SELECT int4range(min(a.tree_left), max(a.tree_right), '[]')
         FROM named JOIN core.area a USING (code) WHERE named.submission_id = t.submission_id), 'empty')
    WHERE t.submission_id = ANY (:ids)
"""
_EARLIER = """
    SELECT EXISTS (
        SELECT FROM core.file_in_hand earlier
        JOIN ledger.taken own ON own.submission_id = :id
        WHERE earlier.turn < :turn AND earlier.pid <> own.pid AND (earlier.span IS NULL OR earlier.span && own.span))
"""
_PUT_DOWN = "DELETE FROM ledger.taken WHERE submission_id = :id"
_COUNT_ATTEMPT = "UPDATE ledger.submission SET attempts = attempts + 1 WHERE submission_id = ANY (:ids)"
_FINISH = """
    UPDATE ledger.submission
    SET state = :state, outcome = :outcome, dataset = coalesce(:dataset, dataset), rows_read = :read,
        rows_accepted = :accepted, rows_rejected = :rejected, finished_at = :now, verdicts = :number,
        filename = :filename
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
    area_code: str
    via: str

    def sender(self, day: date) -> Sender:
        """Who sent it, on a day of the country."""
        return Sender(day, self.rights, self.turn, self.id, self.submitted_by, self.area_code, self.via)


def take_batch(session: Connection, tried: Iterable[int]) -> list[WaitingSubmission]:
    """Take the submissions that have waited longest of those that nobody has, without those `tried`: as many as are
    judged together, for as long as the session lasts. What was tried before comes alone, so that it cannot take others
    along; what used up its attempts is marked and does not come.
    """
    given = {"tried": list(tried), "bytes": BATCH_BYTES, "files": BATCH_FILES, "most": ATTEMPTS_CUT_SHORT}
    with session.begin():
        warehouse.take_lock(session, "submissions that wait")
        for submission_id, attempts in session.execute(text(_GIVE_UP), given).all():
            _record_failure(session, submission_id, attempts, {})
        return [_waiting(row) for row in session.execute(text(_TAKE_BATCH), given)]


def more_wait(session: Connection, tried: Iterable[int]) -> bool:
    """Whether there are submissions that nobody has taken."""
    with session.begin():
        return bool(session.execute(text(_MORE_WAIT), {"tried": list(tried)}).scalar())


def note_areas(session: Connection, areas: Mapping[WaitingSubmission, Iterable[str]]) -> None:
    """Note of submissions in one's hand which areas each may change, by their codes."""
    given = {submission.id: list(codes) for submission, codes in areas.items()}
    with session.begin():
        session.execute(text(_SPAN), {"areas": json.dumps(given), "ids": list(given)})


def wait_for_earlier(session: Connection, submission: WaitingSubmission) -> None:
    """Return when nobody is at work on an earlier submission that may change the same areas."""
    given = {"id": submission.id, "turn": submission.turn}
    while True:
        with session.begin():
            if not session.execute(text(_EARLIER), given).scalar():
                return
        time.sleep(LOOK_AGAIN_SECONDS)


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
        row.area_code,
        row.via,
    )


def claim(connection: Connection, submission: WaitingSubmission) -> bool:
    """Hold the ledger row until the transaction ends, and put it down; false where somebody else has just finished it,
    or its sender has handed it in anew."""
    connection.execute(text(_PUT_DOWN), {"id": submission.id})
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
            "filename": kept_name(submission.filename, submission.receipt, verdict.dataset),
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
        connection.execute(text(_PUT_DOWN), {"id": submission.id})
        _record_failure(connection, submission.id, attempts, {"fault": reference, "says": message})


def _record_failure(
    connection: Connection, submission_id: int, attempts: int, why: Mapping[str, Any]
) -> None:
    record_state(connection, submission_id, "failed", json.dumps({"attempt": attempts, **why}))
