"""What goes back to an officer: a template to fill in, and a file with every problem at its cell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pandas as pd
from sqlalchemy import Connection

from countries.country import Country
from sql import warehouse
from transforms.identity.person import Person
from transforms.intake.raw_store import fetch
from transforms.intake.read.isolated import Unreadable, read
from transforms.intake.reference_data import day_of, reference_data, without_warehouse
from transforms.intake.submission_lookup import Submission, find
from validators.contracts.contract import contract
from validators.outputs.annotated import workbook
from validators.outputs.template import template
from validators.problems import Recorded
from validators.table import Table

PROBLEMS = """
    SELECT row_number, column_name, value, rule, severity, message FROM mart.problem
    WHERE receipt = :receipt ORDER BY row_number NULLS FIRST, column_name
"""
# The newest earlier period of the same kind for which the area or one below it reported.
LAST = """
    WITH own AS (SELECT tree_left, tree_right FROM mart.area WHERE area_code = :area ORDER BY valid_to DESC LIMIT 1),
    codes AS MATERIALIZED (SELECT DISTINCT a.area_code FROM mart.area a, own
                             WHERE a.tree_left BETWEEN own.tree_left AND own.tree_right)
    SELECT s.area_code, s.scheme, s.sex, s.age_group, s.beneficiaries
    FROM mart.scheme_return s
    JOIN codes USING (area_code)
    WHERE s.period = (
        SELECT max(r.period) FROM mart.return r JOIN codes USING (area_code)
        WHERE r.dataset = 'scheme_returns' AND r.known_to = 'infinity'
          AND r.period < :period AND length(r.period) = length(:period))
"""


@dataclass(frozen=True)
class Workbook:
    """An XLSX workbook, and what to call it."""

    filename: str
    content: bytes


def annotated(person: Person, receipt: str, country: Country, language: str) -> Workbook:
    """A submission as it came, the problems of its last verdict marked; masked where it names persons.

    Raises NotFound, and Gone where retention has ended its bytes.
    """
    submission, table, recorded = _judged(person, receipt, country)
    return Workbook(_name(submission), workbook(table, recorded, language))


@dataclass(frozen=True)
class FileRows:
    """Some rows of a file: (row number, cells in the order of `columns`), and the problems at them; `last` is the
    number of the file's last row."""

    filename: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str | None, ...]], ...]
    problems: tuple[Recorded, ...]
    last: int


def rows_around(person: Person, receipt: str, country: Country, row_number: int, most: int) -> FileRows:
    """At most so many rows of a submission, a given one among the first; masked where it names persons.

    Raises NotFound, and Gone where retention has ended its bytes; a file that cannot be read has no rows.
    """
    submission, table, recorded = _judged(person, receipt, country)
    if table is None or not len(table.row_number):
        return FileRows(submission.filename, (), (), tuple(recorded[:most]), 0)
    shown, numbers = table.masked(), table.row_number
    place = int(abs(numbers - row_number).argmin())
    first = max(0, min(place - most // 8, len(numbers) - most))
    part = shown.frame.iloc[first : first + most]
    columns = tuple(name for name in part.columns if shown.frame[name].notna().any())
    cells = part[list(columns)].astype(object).where(part[list(columns)].notna(), None)
    some = numbers[first : first + most].tolist()
    rows = tuple(zip(some, cells.itertuples(index=False, name=None), strict=True))
    at = set(some)
    problems = tuple(problem for problem in recorded if problem.row_number in at)
    return FileRows(submission.filename, columns, rows, problems, int(numbers.max()))


def _judged(
    person: Person, receipt: str, country: Country
) -> tuple[Submission, Table | None, list[Recorded]]:
    """A submission, its table where it can be read, and the problems of its last verdict."""
    submission = find(person, receipt)
    with person.acting() as connection:
        problems = warehouse.read(connection, PROBLEMS, receipt=submission.receipt)
    recorded = [
        Recorded.of(submission.dataset or "", *row)
        for row in problems.astype(object).where(problems.notna(), None).itertuples(index=False)
    ]
    try:
        table = read(fetch(submission.digest), country, submission.dataset, submission.filename)
    except Unreadable:
        table = None
    return submission, table, recorded


def _name(submission: Submission) -> str:
    stem = submission.filename.rsplit(".", 1)[0] or "file"
    return f"{stem} {submission.receipt}.xlsx"


def filled_template(
    person: Person, dataset: str, country: Country, area: str, period: str = "", language: str = ""
) -> Workbook:
    """The template of a dataset for an area, with what the area last reported beside the cells to fill in.

    `period` left out: the one that is due now. Raises NotFound for an unknown dataset or area.
    """
    about = contract(dataset)
    period = period or due_period(
        about.period.kinds if about.period else (), day_of(datetime.now(UTC), country)
    )
    last, areas = None, None
    try:
        with person.acting() as connection:
            last = _last(connection, dataset, area, period)
        with warehouse.transaction() as connection:
            data = reference_data(connection, country)
            areas = data.reference.areas if data else None
    except warehouse.NoWarehouse:
        pass
    if areas is None:
        areas = without_warehouse(country).areas
    content = template(dataset, country, areas, area, period, last, language)
    return Workbook(f"{dataset}-{area}-{period}.xlsx", content)


def _last(connection: Connection, dataset: str, area: str, period: str) -> pd.DataFrame | None:
    if dataset != "scheme_returns":
        return None
    rows = warehouse.read(connection, LAST, area=area, period=period)
    return None if rows.empty else rows


def due_period(kinds: tuple[str, ...], today: date) -> str:
    """What is reported now in periods of these kinds: this week, the month that has just ended, or this year."""
    if "W" in kinds:
        year, week, _ = today.isocalendar()
        return f"{year}-W{week:02}"
    if "M" in kinds:
        ended = today.replace(day=1)
        return f"{ended.year - (ended.month == 1)}-{(ended.month - 2) % 12 + 1:02}"
    return str(today.year)
