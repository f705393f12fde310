"""Files that were sent, newest first; what nobody has confirmed in one of them, and what it changed."""

from dataclasses import dataclass

from dashboards.models.submission import Submission
from dashboards.pages.submissions.models import Change, HeldReturn, LeftOutReturn, OpenWarning, StandingLine
from dashboards.queries.rows import rows
from dashboards.queries.submissions import COLUMNS, from_row
from dashboards.server.current_user import acting

_LATEST = 100
_MOST_CHANGES = 60
MOST_WARNINGS = 40
"""Warnings that are confirmed one by one; more than that are a pattern, which is confirmed together."""

_PERIODS = """
SELECT DISTINCT p.period, p.up_to_date
FROM mart.return r
JOIN mart.period p USING (period)
WHERE r.receipt = :receipt AND r.known_to = 'infinity'
ORDER BY p.period DESC
LIMIT 6
"""
_UNCONFIRMED = """
SELECT rule, row_number, column_name, value, message FROM mart.problem
WHERE receipt = :receipt AND severity IN ('warn', 'hold') AND confirmed_at IS NULL
ORDER BY severity = 'hold' DESC, rule, row_number NULLS FIRST LIMIT :most
"""
_HELD = """
SELECT h.period, h.area_code, a.names, s.names AS scheme, h.sent_by, h.sent_on,
       h.before_lines, h.after_lines, h.before_total, h.after_total
FROM mart.held_return h
JOIN LATERAL (
    SELECT names FROM mart.area WHERE area_code = h.area_code ORDER BY valid_to DESC LIMIT 1
) AS a ON true
LEFT JOIN mart.scheme s ON s.scheme = h.subject
WHERE h.receipt = :receipt ORDER BY abs(h.before_total - h.after_total) DESC, h.area_code, h.period LIMIT :most
"""
_LEFT_OUT = """
SELECT l.older_receipt, l.period, l.area_code, a.names, s.names AS scheme, l.total
FROM mart.left_out_return l
JOIN LATERAL (
    SELECT names FROM mart.area WHERE area_code = l.area_code ORDER BY valid_to DESC LIMIT 1
) AS a ON true
LEFT JOIN mart.scheme s ON s.scheme = l.subject
WHERE l.receipt = :receipt ORDER BY l.older_receipt, l.area_code, l.period LIMIT :most
"""
_CHANGES = """
SELECT c.kind, c.by, c.why, c.at, c.area_code, a.names, c.own, c.period, s.names AS scheme,
       c.before, c.after, c.difference
FROM mart.change c
JOIN mart.area a ON a.area_code = c.area_code AND a.valid_to = 'infinity'
LEFT JOIN mart.scheme s USING (scheme)
WHERE c.receipt = :receipt ORDER BY c.at DESC, c.period DESC, c.scheme, a.depth, c.area_code, c.kind LIMIT :most
"""


_STANDING = """
SELECT row_number, standing_receipt, return_total, cells FROM mart.standing_line
WHERE receipt = :receipt ORDER BY row_number LIMIT :most
"""


@dataclass(frozen=True)
class FilePeriod:
    """A period of a file's returns that stand, and whether the nation's figures have them."""

    period: str
    up_to_date: bool


def periods_of(receipt: str) -> list[FilePeriod]:
    """The periods of what stands of a file, newest first."""
    with acting() as connection:
        return [FilePeriod(**row) for row in rows(connection, _PERIODS, receipt=receipt)]


def latest() -> list[Submission]:
    """The newest 100 files that the reader may see, newest first."""
    with acting() as connection:
        files = rows(connection, COLUMNS + "ORDER BY received_at DESC, receipt LIMIT :most", most=_LATEST)
    return [from_row(file) for file in files]


def fault_of(receipt: str) -> str:
    """The reference of the fault that keeps a file from being taken in; a dash where there is none."""
    with acting() as connection:
        failed = rows(connection, "SELECT fault FROM mart.failure WHERE receipt = :receipt", receipt=receipt)
    return failed[0]["fault"] or "–" if failed else "–"


def open_warnings(receipt: str) -> list[OpenWarning]:
    """The first warnings of a file that nobody has confirmed: those that hold it, then rule by rule."""
    with acting() as connection:
        warnings = rows(connection, _UNCONFIRMED, receipt=receipt, most=MOST_WARNINGS)
    return [
        OpenWarning(
            row["rule"],
            None if row["row_number"] is None else int(row["row_number"]),
            row["column_name"],
            row["value"],
            row["message"],
        )
        for row in warnings
    ]


def held_returns(receipt: str) -> list[HeldReturn]:
    """What a held file would replace, the largest differences first."""
    with acting() as connection:
        return [HeldReturn(**row) for row in rows(connection, _HELD, receipt=receipt, most=_MOST_CHANGES)]


def standing_lines(receipt: str, most: int) -> dict[int, StandingLine]:
    """Row number → what stands where the row was rejected, of the first rows."""
    with acting() as connection:
        lines = rows(connection, _STANDING, receipt=receipt, most=most)
    return {row["row_number"]: StandingLine(**row) for row in lines}


def left_out_returns(receipt: str) -> list[LeftOutReturn]:
    """What older files of the sender have and this one lacks, as far as it stands."""
    with acting() as connection:
        return [
            LeftOutReturn(**row) for row in rows(connection, _LEFT_OUT, receipt=receipt, most=_MOST_CHANGES)
        ]


def changes(receipt: str) -> list[Change]:
    """What a file, or its withdrawal, changed: at the top first, then down to its own areas."""
    with acting() as connection:
        return [Change(**row) for row in rows(connection, _CHANGES, receipt=receipt, most=_MOST_CHANGES)]
