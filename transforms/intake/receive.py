"""Receiving: the submissions that wait are read, judged and loaded, in the order in which they came."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, text

from countries.country import Country
from sala.errors import Unavailable
from sql import warehouse
from transforms.compile_queue import waiting_periods
from transforms.identity.audit import record
from transforms.identity.person import SYSTEM
from transforms.intake.check import crosschecked, judge_tables
from transforms.intake.crosscheck_data import Sender
from transforms.intake.load import load
from transforms.intake.raw_store import fetch
from transforms.intake.read.file import Table, Unreadable, read
from transforms.intake.reference_data import ReferenceData, day_of, reference_data
from transforms.intake.submit import record_state
from transforms.intake.verdict_store import store_problems, store_rejected_rows, store_verdict
from validators.verdict import Verdict, unreadable

log = logging.getLogger(__name__)

BATCH_FILES = 50
BATCH_BYTES = 30_000_000  # of files judged together; a larger file is judged alone
ATTEMPTS = 3  # a fault of ours is tried again; then the submission waits for a person, and is not lost


@dataclass(frozen=True)
class WaitingSubmission:
    """A file that waits in the ledger. `asked_at`: when it was last handed in, or tried again."""

    id: int
    receipt: str
    digest: bytes
    filename: str
    dataset: str | None
    received_at: datetime
    asked_at: datetime
    turn: int
    from_area_id: int | None
    from_administrator: str | None


def receive_waiting(country: Country) -> list[str]:
    """Work off every submission that waits. Returns the periods that now have to be compiled.

    One submission that cannot be taken in never stops the others. The list comes from the ledger and not from this
    run, so that periods whose run was killed after loading are in it as well.
    """
    tried: set[int] = set()
    while batch := _waiting(tried):
        with warehouse.transaction() as connection:
            here = reference_data(connection, country)
        if here is None:
            raise Unavailable("no_country")
        judged = _judge(batch, here)
        for submission in batch:  # in the order in which they came: a later return replaces an earlier one
            tried.add(submission.id)
            verdict = judged[submission]
            if isinstance(verdict, Verdict):
                verdict = _take_in(submission, verdict, here)
            if isinstance(verdict, Exception):
                log.error("Submission %s could not be taken in", submission.receipt, exc_info=verdict)
                _failed(submission)
    return waiting_periods()


def _waiting(tried: set[int]) -> list[WaitingSubmission]:
    """The submissions that have waited longest, as many as are judged together."""
    with warehouse.transaction() as connection:
        rows = connection.execute(
            text(
                "SELECT submission_id, receipt, sha256, filename, dataset, received_at,"
                " coalesce(tried_at, handed_in_at, received_at), turn, from_area_id, from_administrator FROM ("
                "  SELECT *, sum(size) OVER (ORDER BY turn) - size AS before FROM ledger.submission"
                "  WHERE state = 'received' AND submission_id <> ALL(:tried)) AS queue"
                " WHERE before < :most ORDER BY turn LIMIT :files"
            ),
            {"tried": list(tried), "most": BATCH_BYTES, "files": BATCH_FILES},
        )
        return [WaitingSubmission(row[0], row[1], bytes(row[2]), *row[3:]) for row in rows]


def _judge(
    batch: list[WaitingSubmission], here: ReferenceData
) -> dict[WaitingSubmission, Verdict | Exception]:
    """A verdict for each submission by itself, or the fault of ours that stood in its way."""
    judged: dict[WaitingSubmission, Verdict | Exception] = {}
    tables: dict[WaitingSubmission, Table] = {}
    for submission in batch:
        try:
            raw = fetch(submission.digest)
            tables[submission] = read(raw, here.country, submission.dataset, submission.filename)
        except Unreadable as reason:
            judged[submission] = unreadable(submission.dataset, reason)
        except Exception as fault:
            judged[submission] = fault
    days = {submission: day_of(submission.asked_at, here.country) for submission in tables}
    return judged | judge_tables(tables, days, here.country, here.reference)


def _take_in(submission: WaitingSubmission, verdict: Verdict, here: ReferenceData) -> Verdict | Exception:
    """Cross-check and load one file and write down its verdict, in one transaction. Returns the fault where that
    fails. Files judged together are cross-checked one after the other, each with what those before it left.
    """
    try:
        with warehouse.transaction() as connection:
            if _claim(connection, submission):
                sender = Sender(
                    day_of(submission.asked_at, here.country),
                    _scope(connection, submission.from_area_id, submission.id, verdict.dataset),
                    submission.from_administrator,
                    submission.turn,
                    submission.id,
                )
                verdict = crosschecked(connection, verdict, here, sender)
                if verdict.outcome in ("accepted", "partial"):
                    load(connection, verdict, here.keys, submission.id, submission.received_at)
                number = store_verdict(connection, submission.id, verdict, here.digest)
                store_problems(connection, submission.id, number, verdict)
                store_rejected_rows(connection, submission.id, number, verdict)
                _finish(connection, submission, verdict, number)
        return verdict
    except Exception as fault:
        return fault


def _claim(connection: Connection, submission: WaitingSubmission) -> bool:
    """Hold the ledger row until the transaction ends; false where somebody else has just finished it."""
    state = connection.execute(
        text("SELECT state FROM ledger.submission WHERE submission_id = :id FOR UPDATE"),
        {"id": submission.id},
    ).scalar_one()
    return state == "received"


MAY_ALLOCATE = text(
    "SELECT s.person_id IS NULL OR 'allocate' = ANY (r.actions) FROM ledger.submission s"
    " LEFT JOIN ledger.person p USING (person_id) LEFT JOIN core.role r ON r.code = p.role"
    " WHERE s.submission_id = :id"
)


def _scope(
    connection: Connection, area_id: int | None, submission_id: int, dataset: str
) -> frozenset[str] | None:
    """The areas for which the sender could report when the file was handed in; None is every area.

    Money is granted by those alone who may allocate.
    """
    if dataset == "allocations" and not connection.execute(MAY_ALLOCATE, {"id": submission_id}).scalar():
        return frozenset()
    if area_id is None:
        return None
    rows = connection.execute(
        text(
            "SELECT a.code, own.parent_id IS NULL FROM core.area own"
            " JOIN core.area a ON a.tree_left BETWEEN own.tree_left AND own.tree_right WHERE own.area_id = :own"
        ),
        {"own": area_id},
    ).all()
    return None if any(whole for _, whole in rows) else frozenset(code for code, _ in rows)


def _finish(connection: Connection, submission: WaitingSubmission, verdict: Verdict, number: int) -> None:
    state = {"accepted": "loaded", "partial": "loaded"}.get(verdict.outcome, verdict.outcome)
    connection.execute(
        text(
            "UPDATE ledger.submission SET state = :state, outcome = :outcome, dataset = coalesce(:dataset, dataset),"
            " rows_read = :read, rows_accepted = :accepted, rows_rejected = :rejected, finished_at = :now,"
            " verdicts = :number WHERE submission_id = :id"
        ),
        {
            "id": submission.id,
            "state": state,
            "outcome": verdict.outcome,
            "dataset": verdict.dataset or None,
            "read": verdict.rows_read,
            "accepted": verdict.rows_accepted,
            "rejected": verdict.rows_rejected,
            "now": datetime.now(UTC),
            "number": number,
        },
    )
    record_state(connection, submission.id, state)
    counted = {
        "outcome": verdict.outcome,
        "accepted": verdict.rows_accepted,
        "rejected": verdict.rows_rejected,
    }
    record(
        connection, SYSTEM, "judge", f"submission {submission.receipt}", None, counted | {"verdict": number}
    )


def _failed(submission: WaitingSubmission) -> None:
    """Count the attempt; after the last one the submission is marked, so that it does not come up for ever."""
    with warehouse.transaction() as connection:
        attempts = connection.execute(
            text(
                "UPDATE ledger.submission SET attempts = attempts + 1 WHERE submission_id = :id RETURNING attempts"
            ),
            {"id": submission.id},
        ).scalar_one()
        record_state(connection, submission.id, "failed", json.dumps({"attempt": attempts}))
        if attempts >= ATTEMPTS:
            connection.execute(
                text("UPDATE ledger.submission SET state = 'failed' WHERE submission_id = :id"),
                {"id": submission.id},
            )
