"""Mending a file on its page: its faulty rows with what is wrong, and a new file with some of their cells written anew.

The new file comes by the same door as every other. It has all of the older one but the returns of which something newer
stands, or that were withdrawn: mending one line must not bring those back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from countries.country import Country
from sala.errors import Conflict, Invalid, Unavailable
from sql import warehouse
from transforms.identity.person import Person
from transforms.intake.check import check
from transforms.intake.corrections.withdraw import withdraw
from transforms.intake.raw_store import fetch
from transforms.intake.read.isolated import Unreadable, read
from transforms.intake.reference_data import day_of, reference_data
from transforms.intake.submission_lookup import Submission, find_to_change
from transforms.intake.submit import Receipt, submit
from validators.contracts.contract import Column, Text
from validators.outputs.mended import Cell, mended_workbook
from validators.problems import texts_of
from validators.reference import Reference
from validators.table import Table
from validators.values import codes, offered
from validators.verdict import Verdict, judge

MOST_ROWS = 40
"""Faulty rows that are mended at a time; a longer list is no help on a page."""

LARGEST = 50_000
"""Rows of a file that is still mended here; a larger one is mended where it was made."""

MENDABLE = ("loaded", "rejected", "held")

# Of the recorded verdict: what it rejects, and what nobody has confirmed.
FAULTS = """
    SELECT row_number FROM mart.problem
    WHERE receipt = :receipt AND row_number IS NOT NULL AND confirmed_at IS NULL
      AND severity IN ('reject', 'hold', 'warn')
    GROUP BY row_number ORDER BY bool_or(severity = 'reject') DESC, row_number
"""
# Returns of which a newer file's stand, or that were withdrawn from this one and not brought again.
OUTLIVED = """
    SELECT p.key AS period, a.code AS area_code, s.code AS scheme, i.code AS indicator, m.code AS administrator
    FROM core.return r
    JOIN ledger.submission own ON own.submission_id = :id
    JOIN ledger.submission u ON u.submission_id = r.submission_id
    JOIN core.period p USING (period_id)
    JOIN core.area a USING (area_id)
    LEFT JOIN core.scheme s ON s.scheme_id = r.scheme_id AND r.scheme_id > 0
    LEFT JOIN core.indicator i ON i.indicator_id = r.indicator_id AND r.indicator_id > 0
    LEFT JOIN core.administrator m ON m.administrator_id = r.administrator_id AND r.administrator_id > 0
    WHERE r.dataset = own.dataset AND p.key = ANY (CAST(:periods AS text[]))
      AND (r.known_to = 'infinity' AND u.turn > own.turn
           OR r.submission_id = own.submission_id AND r.withdrawal_id IS NOT NULL)
"""


OUTLIVED_KEY = ("period", "area_code", "scheme", "indicator", "administrator")


@dataclass(frozen=True)
class Edit:
    """What somebody writes into a row: column → text, empty for nothing; or that the row is left out."""

    cells: Mapping[str, str] = field(default_factory=dict)
    leave_out: bool = False


Edits = Mapping[int, Edit]
"""By row number."""


@dataclass(frozen=True)
class CellProblem:
    """`column` is None for what concerns the row; `suggestions`: what the value may have been meant to be."""

    column: str | None
    severity: str
    text: Text
    suggestions: Sequence[str]


@dataclass(frozen=True)
class FaultyRow:
    """A row as its spreadsheet counts it; masked where the dataset names persons."""

    row: int
    cells: Mapping[str, str | None]
    problems: Sequence[CellProblem]


@dataclass(frozen=True)
class FaultyRows:
    """`choices`: of each column with a list what it may hold. `more`: faulty rows beyond those that are given."""

    table: Table
    columns: Sequence[Column]
    choices: Mapping[str, Sequence[str]]
    rows: Sequence[FaultyRow]
    more: int


def faulty_rows(person: Person, receipt: str, country: Country) -> FaultyRows:
    """The rows of a file that were rejected, and behind them those with a warning that nobody has confirmed.

    Raises NotFound, NotAllowed, Conflict where the file cannot be mended here, Gone where retention has ended it.
    """
    submission, table = _read(person, receipt, country)
    with person.acting() as connection:
        numbers = list(connection.execute(text(FAULTS), {"receipt": submission.receipt}).scalars())
    first = numbers[:MOST_ROWS]
    reference = _reference(country)
    verdict = judge(
        _only(table, first), country, reference, day_of(datetime.now(UTC), country), person.area_code
    )
    problems = verdict.problems.assign(text=texts_of(table.dataset, verdict.problems))
    recorded = _recorded(person, submission, first)
    cells = _only(table, first).masked().frame.astype(object)
    cells = cells.where(cells.notna(), None).set_index(_only(table, first).row_number)
    columns = offered(table.contract, country)
    return FaultyRows(
        table,
        columns,
        {column.name: codes(column, country) for column in columns if column.listed},
        [
            FaultyRow(
                number, cells.loc[number].to_dict(), _with_suggestions(recorded[number], problems, number)
            )
            for number in first
        ],
        len(numbers) - len(first),
    )


def mend(person: Person, receipt: str, country: Country, edits: Edits, via: str = "page") -> Receipt:
    """Hand in the file anew with these rows mended; one that is held is withdrawn, since nothing of it stands.

    `via`: page or api. Raises as `faulty_rows` does, and Invalid where an edit names no row or column of the file.
    """
    submission, table = _read(person, receipt, country)
    rows = ", ".join(str(number) for number in sorted(edits))
    taken = submit(
        _mended(person, submission, table, edits, country),
        _name(submission),
        by=person,
        via=via,
        dataset=submission.dataset,
        because=f"{submission.receipt}: {rows}",
    )
    if submission.state == "held":
        withdraw(person, submission.receipt, f"{submission.receipt} → {taken.receipt}")
    return taken


def check_mended(person: Person, receipt: str, country: Country, edits: Edits) -> Verdict:
    """The verdict that the mended file would get. Raises as `mend` does."""
    submission, table = _read(person, receipt, country)
    raw = _mended(person, submission, table, edits, country)
    return check(raw, country, submission.dataset, _name(submission), person)


def _name(submission: Submission) -> str:
    stem = submission.filename.rsplit(".", 1)[0] or "file"
    return f"{stem.removesuffix(' mended')} mended.xlsx"


def _read(person: Person, receipt: str, country: Country) -> tuple[Submission, Table]:
    submission = find_to_change(person, receipt)
    if submission.state not in MENDABLE:
        raise Conflict("not_mended_here", receipt=submission.receipt)
    try:
        table = read(fetch(submission.digest), country, submission.dataset, submission.filename)
    except Unreadable:
        raise Conflict("not_mended_here", receipt=submission.receipt) from None
    if len(table.frame) > LARGEST:
        raise Conflict("too_large_to_mend", receipt=submission.receipt, most=LARGEST)
    return submission, table


def _reference(country: Country) -> Reference:
    with warehouse.transaction() as connection:
        data = reference_data(connection, country)
    if data is None:
        raise Unavailable("no_country")
    return data.reference


def _only(table: Table, numbers: Sequence[int]) -> Table:
    places = np.flatnonzero(np.isin(table.row_number, numbers))
    return replace(
        table, frame=table.frame.iloc[places].reset_index(drop=True), row_number=table.row_number[places]
    )


def _recorded(person: Person, submission: Submission, numbers: Sequence[int]) -> dict[int, list[Any]]:
    query = """
        SELECT row_number, column_name, rule, severity, message FROM mart.problem
        WHERE receipt = :receipt AND row_number = ANY (CAST(:rows AS integer[])) AND confirmed_at IS NULL
        ORDER BY row_number, column_name NULLS FIRST
    """
    of_row: dict[int, list[Any]] = {number: [] for number in numbers}
    with person.acting() as connection:
        for row in connection.execute(text(query), {"receipt": submission.receipt, "rows": list(numbers)}):
            of_row[row.row_number].append(row)
    return of_row


def _with_suggestions(recorded: Sequence[Any], judged: pd.DataFrame, number: int) -> list[CellProblem]:
    """What was recorded of a row, with the likely readings that only a new look at it gives."""
    of_row = judged[judged["row_number"] == number]
    readings = {
        (column, rule): [str(reading) for reading in params.get("candidates") or ()]
        for column, rule, params in zip(of_row["column"], of_row["rule"], of_row["params"], strict=True)
        if not isinstance(params.get("candidates"), str)  # masked
    }
    return [
        CellProblem(row.column_name, row.severity, row.message, readings.get((row.column_name, row.rule), []))
        for row in recorded
    ]


def _mended(person: Person, submission: Submission, table: Table, edits: Edits, country: Country) -> bytes:
    places = dict(zip(table.row_number.tolist(), range(len(table.frame)), strict=True))
    columns = set(table.contract.names)
    frame, typed = table.frame.astype(object), set[Cell]()
    for number, edit in edits.items():
        if number not in places:
            raise Invalid("no_such_row", row=number)
        for column, value in edit.cells.items():
            if column not in columns:
                raise Invalid("no_such_column", column=column)
            frame.loc[frame.index[places[number]], column] = value.strip() or None
            typed.add((number, column))
    if not edits:
        raise Invalid("nothing_mended")
    mended = replace(table, frame=frame.astype("str").astype("category"))
    left_out = {number for number, edit in edits.items() if edit.leave_out}
    kept = ~np.isin(table.row_number, list(left_out)) & ~_outlived(
        person, submission, mended, set(edits), country
    )
    return mended_workbook(
        replace(mended, frame=mended.frame[kept], row_number=mended.row_number[kept]), typed
    )


def _outlived(
    person: Person, submission: Submission, table: Table, edited: Collection[int], country: Country
) -> np.ndarray:
    """Whether each row belongs to a return that this file must not bring back: never one that is being mended."""
    period = table.contract.period
    if period is None:
        return np.zeros(len(table.frame), dtype=bool)
    repaired = judge(table, country, _reference(country)).table or table
    names = {name: period.name if name == "period" else name for name in OUTLIVED_KEY}
    key = [name for name in names.values() if name in table.contract.return_key]
    with person.acting() as connection:
        outlived = _returns(connection, submission, repaired.frame[period.name].dropna().unique()).rename(
            columns=names
        )
    rows = pd.MultiIndex.from_frame(repaired.frame[key].astype("str").fillna(""))
    mended = rows[np.isin(table.row_number, list(edited))]
    return rows.isin(pd.MultiIndex.from_frame(outlived[key].fillna("").astype("str"))) & ~rows.isin(mended)


def _returns(connection: Connection, submission: Submission, periods: Any) -> pd.DataFrame:
    return warehouse.read(connection, OUTLIVED, id=submission.id, periods=[str(period) for period in periods])
