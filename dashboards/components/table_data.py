"""A table as data: the same object becomes the table under a chart and the CSV file behind its link."""

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from dashboards.models.figure import Figure

# "figure" holds a Figure: a page writes its value, or else its bounds; a file has a column for each.
# "bounds" holds the same Figure for the page alone, to write what it could be.
# "share" is a fraction, "percent" runs from 0 to 100; "state" is the state of a review, "moment" a text on one line.
Kind = Literal["text", "number", "share", "percent", "date", "figure", "bounds", "state", "moment"]


class Unknown(Enum):
    """Why a cell that was due has no number. A page says so in words; a file leaves the cell empty and names it in its
    column `not_known`, because an empty cell alone reads as zero.
    """

    NOT_REPORTED = "not_reported"
    NOT_TOLD_APART = "not_told_apart"


Value = str | float | int | dt.date | Figure | Unknown | None


@dataclass(frozen=True)
class Noted:
    """A value with what a page puts beside it; a file has the value alone."""

    value: Value
    note: str = ""  # in small letters below
    warning: str = ""  # why it is marked; empty where it is not
    link: tuple[str, str] | None = None  # text and address, after the value
    chosen_as: tuple[str, str] | None = (
        None  # what a script is told when it is chosen, and what that does in words
    )


Cell = Value | Noted


@dataclass(frozen=True)
class Column:
    """A column: `key` is its name in files (the warehouse's word), `label` its heading for people."""

    key: str
    label: str
    kind: Kind = "number"


@dataclass(frozen=True)
class Table:
    """Rows of raw values; `hrefs` leads from a row's first cell to a page (None: nowhere).

    `totals`: how many rows at the top sum up those below them.
    """

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    hrefs: Sequence[str | None] = ()
    totals: int = 0


def csv_text(table: Table) -> str:
    """The table as CSV: warehouse names as header, raw values (shares as fractions), nothing rounded. Where a number is
    not known, a last column names the row's columns of which that is so.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    not_known = [_not_known(row, table.columns) for row in table.rows]
    header = [name for column in table.columns for name in _names(column)]
    writer.writerow([*header, "not_known"] if any(not_known) else header)
    for row, names in zip(table.rows, not_known, strict=True):
        cells = zip(row, table.columns, strict=True)
        values = [value for cell, column in cells for value in _values(cell, column)]
        writer.writerow([*values, names] if any(not_known) else values)
    return out.getvalue()


def _not_known(row: Sequence[Cell], columns: Sequence[Column]) -> str:
    values = (cell.value if isinstance(cell, Noted) else cell for cell in row)
    return " ".join(
        f"{column.key}:{value.value}"
        for value, column in zip(values, columns, strict=True)
        if isinstance(value, Unknown)
    )


def _names(column: Column) -> tuple[str, ...]:
    if column.kind == "bounds":
        return ()
    if column.kind != "figure":
        return (column.key,)
    prefix = "" if column.key == "value" else f"{column.key}_"
    return column.key, f"{prefix}lower_bound", f"{prefix}upper_bound"


def _values(cell: Cell, column: Column) -> tuple[object, ...]:
    if column.kind == "bounds":
        return ()
    if isinstance(cell, Noted):
        cell = cell.value
    if column.kind != "figure":
        return (None if isinstance(cell, Unknown) else cell,)
    return (cell.value, cell.low, cell.high) if isinstance(cell, Figure) else (None, None, None)
