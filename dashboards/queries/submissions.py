"""Files that were sent, newest first, and what was found in one of them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.queries.rows import rows
from dashboards.queries.unknown import UnknownReceipt
from dashboards.signed_in import acting

FINAL = ("loaded", "rejected", "unreadable", "failed")
_LATEST = 100

_COLUMNS = """
SELECT receipt, filename, dataset, submitted_by, received_at, state, outcome,
       rows_read, rows_accepted, rows_rejected
FROM mart.submission
"""


@dataclass(frozen=True)
class Submission:
    """A row of mart.submission, and how many problems were found."""

    receipt: str
    filename: str
    dataset: str | None
    submitted_by: str
    received_at: dt.datetime
    state: str
    outcome: str | None
    rows_read: int | None
    rows_accepted: int | None
    rows_rejected: int | None
    problems: int = 0


@dataclass(frozen=True)
class Problem:
    """A row of mart.problem; `message` is {language: text}."""

    row_number: int | None
    column: str | None
    value: str | None
    rule: str
    severity: str
    message: Mapping[str, str]


def latest() -> list[Submission]:
    """The newest files."""
    with acting() as connection:
        found = rows(connection, _COLUMNS + "ORDER BY received_at DESC, receipt LIMIT :most", most=_LATEST)
    return [_submission(row) for row in found]


def one(receipt: str, most: int) -> tuple[Submission, list[Problem]]:
    """A file and at most so many of its problems, in the order of its rows. Raises UnknownReceipt."""
    with acting() as connection:
        found = rows(connection, _COLUMNS + "WHERE receipt = :receipt", receipt=receipt)
        if not found:
            raise UnknownReceipt(receipt)
        problems = rows(
            connection,
            """
            SELECT row_number, column_name, value, rule, severity, message, count(*) OVER () AS of_file
            FROM mart.problem WHERE receipt = :receipt
            ORDER BY row_number NULLS FIRST, column_name LIMIT :most
            """,
            receipt=receipt,
            most=max(most, 1),
        )
    total = problems[0]["of_file"] if problems else 0
    listed = [
        Problem(
            None if row["row_number"] is None else int(row["row_number"]),
            row["column_name"],
            row["value"],
            row["rule"],
            row["severity"],
            row["message"],
        )
        for row in problems[:most]
    ]
    return _submission(found[0] | {"problems": int(total)}), listed


def _submission(row: dict[str, Any]) -> Submission:
    counts = ("rows_read", "rows_accepted", "rows_rejected")
    return Submission(**row | {name: None if row[name] is None else int(row[name]) for name in counts})
