"""What is written down of a verdict: its counts, every problem at its cell, and the rows that were not loaded."""

from __future__ import annotations

import json

import pandas as pd
from sqlalchemy import Connection, text

from sql import warehouse
from validators.verdict import Verdict


def store_verdict(connection: Connection, submission_id: int, verdict: Verdict, country: str) -> int:
    """One more verdict on a submission, beside the older ones. Returns its number."""
    return int(
        connection.execute(
            text(
                "INSERT INTO ledger.verdict"
                " (submission_id, number, outcome, rows_read, rows_accepted, rows_rejected, country)"
                " SELECT submission_id, verdicts + 1, :outcome, :read, :accepted, :rejected, :country"
                " FROM ledger.submission WHERE submission_id = :id RETURNING number"
            ),
            {
                "id": submission_id,
                "outcome": verdict.outcome,
                "read": verdict.rows_read,
                "accepted": verdict.rows_accepted,
                "rejected": verdict.rows_rejected,
                "country": country,
            },
        ).scalar_one()
    )


def store_problems(connection: Connection, submission_id: int, number: int, verdict: Verdict) -> None:
    """Every problem at its cell, in words of every language."""
    problems = verdict.problems
    if problems.empty:
        return
    frame = pd.DataFrame(
        {
            "submission_id": submission_id,
            "verdict": number,
            "row_number": problems["row_number"].astype("Int32"),
            "column_name": problems["column"],
            "value": problems["value"],
            "rule": problems["rule"],
            "severity": problems["severity"],
            "message": [json.dumps(words, ensure_ascii=False) for words in verdict.texts()],
        }
    )
    warehouse.copy(connection, "ledger.problem", frame)


def store_rejected_rows(connection: Connection, submission_id: int, number: int, verdict: Verdict) -> None:
    """The rows that were not loaded, cell by cell; masked where they name persons."""
    if verdict.table is None or not verdict.rows_rejected:
        return
    rows = verdict.table.masked().frame[verdict.rejected].astype("object")
    cells = rows.where(rows.notna(), None).to_dict("records")
    frame = pd.DataFrame(
        {
            "submission_id": submission_id,
            "verdict": number,
            "row_number": verdict.table.row_number[verdict.rejected],
            "cells": [json.dumps(row, ensure_ascii=False) for row in cells],
        }
    )
    warehouse.copy(connection, "ledger.rejected_row", frame)


def store_left_out(connection: Connection, submission_id: int, number: int, verdict: Verdict) -> None:
    """What older files of the sender have and this one lacks."""
    if verdict.left_out is not None and len(verdict.left_out):
        frame = verdict.left_out[["return_id"]].assign(submission_id=submission_id, verdict=number)
        warehouse.copy(connection, "ledger.left_out_return", frame)


def store_replacements(connection: Connection, submission_id: int, number: int, verdict: Verdict) -> None:
    """The returns that a held file would replace, before and after."""
    if verdict.replacements is None or verdict.table is None:
        return
    returns, contract = verdict.replacements.returns, verdict.table.contract
    period = contract.period.name if contract.period else ""
    subject = contract.subject
    frame = pd.DataFrame(
        {
            "submission_id": submission_id,
            "verdict": number,
            "period": returns[period],
            "area_code": returns["area_code"],
            "subject": returns[subject] if subject else "",
            "sent_by": returns["sender"],
            "sent_on": returns["day"],
            "before_lines": returns["before_lines"],
            "after_lines": returns["lines"],
            "before_total": returns["before_total"],
            "after_total": returns["total"].astype("int64"),
        }
    )
    warehouse.copy(connection, "ledger.held_return", frame)
