"""Receiving: the submissions that wait are read, judged and loaded, in the order in which they came."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd
from sqlalchemy import Connection, text

from countries.country import Country
from sql import warehouse
from transforms.chain.compiling import waiting
from transforms.intake.door import note_state, raw_path
from transforms.intake.loading import load
from validators.reference import Reference
from transforms.intake.checking import reference_of, judge_file
from validators.verdict import Verdict

log = logging.getLogger(__name__)

ATTEMPTS = 3  # a fault of ours is tried again; then the submission waits for a person, and is not lost


@dataclass(frozen=True)
class Submission:
    """A file that waits in the ledger."""

    id: int
    receipt: str
    digest: bytes
    filename: str
    dataset: str | None
    received_at: datetime


def receive_waiting(country: Country) -> list[str]:
    """Work off every submission that waits. Returns the periods that now have to be compiled.

    One submission that cannot be taken in never stops the others. The list comes from the ledger and not from this
    run, so that periods whose run was killed after loading are in it as well.
    """
    reference: Reference | None = None
    for submission in _waiting():
        reference = reference or reference_of(country)
        try:
            _receive(submission, country, reference)
        except Exception:
            log.exception("Submission %s could not be taken in", submission.receipt)
            _failed(submission)
    return waiting()


def _waiting() -> Iterator[Submission]:
    """The oldest waiting submission, again and again until there is none."""
    done: set[int] = set()
    while True:
        with warehouse.transaction() as connection:
            row = connection.execute(
                text(
                    "SELECT submission_id, receipt, sha256, filename, dataset, received_at FROM ledger.submission"
                    " WHERE state = 'received' AND submission_id <> ALL(:done) ORDER BY submission_id LIMIT 1"
                ),
                {"done": list(done)},
            ).one_or_none()
        if row is None:
            return
        done.add(row.submission_id)
        yield Submission(row.submission_id, row.receipt, bytes(row.sha256), *row[3:])


def _receive(submission: Submission, country: Country, reference: Reference) -> None:
    """Read, judge and load one file. The verdict and what it loaded are one transaction."""
    raw = raw_path(submission.digest).read_bytes()
    verdict = judge_file(raw, country, reference, submission.dataset, submission.filename)
    with warehouse.transaction() as connection:
        if not _claim(connection, submission):
            return
        if verdict.outcome in ("accepted", "partial"):
            load(connection, verdict, submission.id, submission.received_at)
        _note_problems(connection, submission.id, verdict)
        _keep_rejected(connection, submission.id, verdict)
        _finish(connection, submission, verdict)


def _claim(connection: Connection, submission: Submission) -> bool:
    """Hold the ledger row until the transaction ends; false where somebody else has just finished it."""
    state = connection.execute(
        text("SELECT state FROM ledger.submission WHERE submission_id = :id FOR UPDATE"), {"id": submission.id}
    ).scalar_one()
    return state == "received"


def _finish(connection: Connection, submission: Submission, verdict: Verdict) -> None:
    state = {"accepted": "loaded", "partial": "loaded"}.get(verdict.outcome, verdict.outcome)
    connection.execute(
        text(
            "UPDATE ledger.submission SET state = :state, outcome = :outcome, dataset = coalesce(:dataset, dataset),"
            " rows_read = :read, rows_accepted = :accepted, rows_rejected = :rejected, finished_at = :now"
            " WHERE submission_id = :id"
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
        },
    )
    note_state(connection, submission.id, state)


def _note_problems(connection: Connection, submission_id: int, verdict: Verdict) -> None:
    """Every problem at its cell, in words of every language."""
    problems = verdict.problems
    if problems.empty:
        return
    frame = pd.DataFrame(
        {
            "submission_id": submission_id,
            "row_number": problems["row_number"].astype("Int32"),
            "column_name": problems["column"],
            "value": problems["value"],
            "rule": problems["rule"],
            "severity": problems["severity"],
            "message": [json.dumps(words, ensure_ascii=False) for words in verdict.worded()],
        }
    )
    warehouse.copy(connection, "ledger.problem", frame)


def _keep_rejected(connection: Connection, submission_id: int, verdict: Verdict) -> None:
    """The rows that were not loaded, cell by cell, so that they can be tried again after a mend."""
    if verdict.table is None or not verdict.rows_rejected:
        return
    rows = verdict.table.frame[verdict.rejected].astype("object")
    cells = rows.where(rows.notna(), None).to_dict("records")
    frame = pd.DataFrame(
        {
            "submission_id": submission_id,
            "row_number": verdict.table.row_number[verdict.rejected],
            "cells": [json.dumps(row, ensure_ascii=False) for row in cells],
        }
    )
    warehouse.copy(connection, "ledger.rejected_row", frame)


def _failed(submission: Submission) -> None:
    """Count the attempt; after the last one the submission is marked, so that it does not come up for ever."""
    with warehouse.transaction() as connection:
        attempts = connection.execute(
            text("UPDATE ledger.submission SET attempts = attempts + 1 WHERE submission_id = :id RETURNING attempts"),
            {"id": submission.id},
        ).scalar_one()
        note_state(connection, submission.id, "failed", json.dumps({"attempt": attempts}))
        if attempts >= ATTEMPTS:
            connection.execute(
                text("UPDATE ledger.submission SET state = 'failed' WHERE submission_id = :id"), {"id": submission.id}
            )
