"""Receiving: the submissions that wait are read, judged and loaded, in the order in which they came."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime

import pandas as pd
from sqlalchemy import Connection, text

from countries.country import Country
from sql import warehouse
from transforms.chain.compiling import waiting
from transforms.intake.checking import judge_tables, reference_of
from transforms.intake.door import note_state, raw_path
from transforms.intake.loading import load
from transforms.intake.numbers import Numbers
from transforms.intake.reading import Table, Unreadable, read
from validators.reference import Reference
from validators.verdict import Verdict, unreadable

log = logging.getLogger(__name__)

BATCH_FILES = 50
BATCH_BYTES = 30_000_000  # of files judged together; a larger file is judged alone
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
    tried: set[int] = set()
    while batch := _waiting(tried):
        reference = reference_of(country)
        with warehouse.transaction() as connection:
            numbers = Numbers.read(connection)
        judged = _judge(batch, country, reference)
        for submission in batch:  # in the order in which they came: a later return replaces an earlier one
            tried.add(submission.id)
            verdict = judged[submission]
            if isinstance(verdict, Verdict):
                verdict = _take_in(submission, verdict, numbers)
            if isinstance(verdict, Exception):
                log.error("Submission %s could not be taken in", submission.receipt, exc_info=verdict)
                _failed(submission)
    return waiting()


def _waiting(tried: set[int]) -> list[Submission]:
    """The submissions that have waited longest, as many as are judged together."""
    with warehouse.transaction() as connection:
        rows = connection.execute(
            text(
                "SELECT submission_id, receipt, sha256, filename, dataset, received_at FROM ("
                "  SELECT *, sum(size) OVER (ORDER BY submission_id) - size AS before FROM ledger.submission"
                "  WHERE state = 'received' AND submission_id <> ALL(:tried)) AS queue"
                " WHERE before < :most ORDER BY submission_id LIMIT :files"
            ),
            {"tried": list(tried), "most": BATCH_BYTES, "files": BATCH_FILES},
        )
        return [Submission(row[0], row[1], bytes(row[2]), *row[3:]) for row in rows]


def _judge(
    batch: list[Submission], country: Country, reference: Reference
) -> dict[Submission, Verdict | Exception]:
    """A verdict for each submission, or the fault of ours that stood in its way."""
    judged: dict[Submission, Verdict | Exception] = {}
    tables: dict[Submission, Table] = {}
    for submission in batch:
        try:
            raw = raw_path(submission.digest).read_bytes()
            tables[submission] = read(raw, country, submission.dataset, submission.filename)
        except Unreadable as reason:
            judged[submission] = unreadable(submission.dataset, reason)
        except Exception as fault:
            judged[submission] = fault
    return judged | judge_tables(tables, country, reference)


def _take_in(submission: Submission, verdict: Verdict, numbers: Numbers) -> Verdict | Exception:
    """Load one file and write down its verdict, in one transaction. Returns the fault where that fails."""
    try:
        with warehouse.transaction() as connection:
            if _claim(connection, submission):
                if verdict.outcome in ("accepted", "partial"):
                    load(connection, verdict, numbers, submission.id, submission.received_at)
                _note_problems(connection, submission.id, verdict)
                _keep_rejected(connection, submission.id, verdict)
                _finish(connection, submission, verdict)
        return verdict
    except Exception as fault:
        return fault


def _claim(connection: Connection, submission: Submission) -> bool:
    """Hold the ledger row until the transaction ends; false where somebody else has just finished it."""
    state = connection.execute(
        text("SELECT state FROM ledger.submission WHERE submission_id = :id FOR UPDATE"),
        {"id": submission.id},
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
    private = [column.name for column in verdict.table.contract.columns if column.private]
    rows = verdict.table.frame[verdict.rejected].drop(columns=private).astype("object")
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
            text(
                "UPDATE ledger.submission SET attempts = attempts + 1 WHERE submission_id = :id RETURNING attempts"
            ),
            {"id": submission.id},
        ).scalar_one()
        note_state(connection, submission.id, "failed", json.dumps({"attempt": attempts}))
        if attempts >= ATTEMPTS:
            connection.execute(
                text("UPDATE ledger.submission SET state = 'failed' WHERE submission_id = :id"),
                {"id": submission.id},
            )
