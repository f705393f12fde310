"""One file that was sent, and the problems of its last verdict."""

from typing import Any

from sqlalchemy import Connection

from dashboards.models.submission import Problem, Submission
from dashboards.queries.rows import rows
from dashboards.server.current_user import acting
from sala.errors import NotFound

COLUMNS = """
SELECT receipt, filename, dataset, submitted_by, received_at, state, outcome,
       rows_read, rows_accepted, rows_rejected, unconfirmed, verdicts, because
FROM mart.submission
"""
_PROBLEMS = """
SELECT row_number, column_name, value, rule, severity, message, confirmed_by, comment, count(*) OVER () AS of_file
FROM mart.problem WHERE receipt = :receipt
ORDER BY row_number NULLS FIRST, column_name LIMIT :most
"""
_COUNTS = ("rows_read", "rows_accepted", "rows_rejected", "unconfirmed", "verdicts")


def submission(receipt: str, most: int = 0) -> tuple[Submission, list[Problem]]:
    """A file and at most so many of its problems, in the order of its rows. Raises NotFound."""
    with acting() as connection:
        files = rows(connection, COLUMNS + "WHERE receipt = :receipt", receipt=receipt)
        if not files:
            raise NotFound("unknown_receipt", what=receipt)
        count, problems = _problems(connection, receipt, most)
    return from_row(files[0], count), problems


def _problems(connection: Connection, receipt: str, most: int) -> tuple[int, list[Problem]]:
    # one row at least, because each says how many there are
    listed = rows(connection, _PROBLEMS, receipt=receipt, most=max(most, 1))
    problems = [
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
        for row in listed[:most]
    ]
    return int(listed[0]["of_file"]) if listed else 0, problems


def from_row(row: dict[str, Any], problems: int = 0) -> Submission:
    """A row of COLUMNS as a submission."""
    counts = {name: None if row[name] is None else int(row[name]) for name in _COUNTS}
    return Submission(**row | counts, problems=problems)
