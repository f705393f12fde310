"""Files that were sent, newest first, and what was found in one of them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboards.queries.rows import rows
from dashboards.server.current_user import acting
from sala.errors import NotFound

FINAL = ("loaded", "rejected", "unreadable", "failed", "withdrawn")
_LATEST = 100

_COLUMNS = """
SELECT receipt, filename, dataset, submitted_by, received_at, state, outcome,
       rows_read, rows_accepted, rows_rejected, unconfirmed, verdicts, because
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
    unconfirmed: int
    verdicts: int
    because: str | None
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
    confirmed_by: str | None = None
    comment: str | None = None


@dataclass(frozen=True)
class Doubt:
    """Warnings of one rule that wait for a word: how many, and what the first of them says."""

    rule: str
    count: int
    message: Mapping[str, str]


@dataclass(frozen=True)
class Change:
    """A row of mart.change, and the names of its area and scheme."""

    kind: str
    by: str
    why: str | None
    at: dt.datetime
    area_code: str
    names: Mapping[str, str]
    own: bool
    period: str
    scheme: Mapping[str, str] | None
    before: float | None
    after: float | None
    difference: float


def latest() -> list[Submission]:
    """The newest files."""
    with acting() as connection:
        found = rows(connection, _COLUMNS + "ORDER BY received_at DESC, receipt LIMIT :most", most=_LATEST)
    return [_submission(row) for row in found]


def one(receipt: str, most: int) -> tuple[Submission, list[Problem]]:
    """A file and at most so many of its problems, in the order of its rows. Raises NotFound."""
    with acting() as connection:
        found = rows(connection, _COLUMNS + "WHERE receipt = :receipt", receipt=receipt)
        if not found:
            raise NotFound("unknown_receipt", what=receipt)
        problems = rows(
            connection,
            """
            SELECT row_number, column_name, value, rule, severity, message, confirmed_by, comment,
                   count(*) OVER () AS of_file
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
            row["confirmed_by"],
            row["comment"],
        )
        for row in problems[:most]
    ]
    return _submission(found[0] | {"problems": int(total)}), listed


def doubts(receipt: str) -> list[Doubt]:
    """The warnings of a file that nobody has confirmed, rule by rule."""
    with acting() as connection:
        found = rows(
            connection,
            """
            SELECT rule, count(*) AS n, (array_agg(message ORDER BY row_number))[1] AS message
            FROM mart.problem WHERE receipt = :receipt AND severity = 'warn' AND confirmed_at IS NULL
            GROUP BY rule ORDER BY rule
            """,
            receipt=receipt,
        )
    return [Doubt(row["rule"], int(row["n"]), row["message"]) for row in found]


def changes(receipt: str, most: int) -> list[Change]:
    """What a file, or its withdrawal, moved: at the top first, then down to its own areas."""
    with acting() as connection:
        found = rows(
            connection,
            """
            SELECT c.kind, c.by, c.why, c.at, c.area_code, a.names, c.own, c.period, s.names AS scheme,
                   c.before, c.after, c.difference
            FROM mart.change c
            JOIN mart.area a ON a.area_code = c.area_code AND a.valid_to = 'infinity'
            LEFT JOIN mart.scheme s USING (scheme)
            WHERE c.receipt = :receipt ORDER BY c.at DESC, c.period DESC, c.scheme, a.depth, c.area_code LIMIT :most
            """,
            receipt=receipt,
            most=most,
        )
    return [Change(**row) for row in found]


def _submission(row: dict[str, Any]) -> Submission:
    counts = ("rows_read", "rows_accepted", "rows_rejected", "unconfirmed", "verdicts")
    return Submission(**row | {name: None if row[name] is None else int(row[name]) for name in counts})
