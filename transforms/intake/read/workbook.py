"""Workbooks: XLSX above all; XLSB, XLS and ODS come with the same reader.

The sheet is the one whose header fits a dataset. Numbers and dates come as the workbook stores them, not as
it shows them, and are written here in the country's own marks: the rest need not know where a text came from.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from countries.declarations.conventions import Locale
from transforms.intake.read import header, limits
from transforms.intake.read.cells import Sheet, looked_through
from transforms.intake.read.header import letter
from transforms.intake.read.raw_table import RawTable, RowFault, gather
from validators.unreadable import Unreadable

MERGED = 1_000
"""Rows of one merged cell that are named."""

Cell = object


@dataclass(frozen=True)
class Candidate:
    """A sheet with the row in which its header stands (0 for the first)."""

    sheet: CalamineSheet
    rows: Sequence[Sequence[Cell]]
    header_row: int
    cells: Sheet
    published: frozenset[str]
    """The titles that are read of a published table of the country; none of any other table."""

    @property
    def header(self) -> list[str]:
        """The names in the header's row without blanks around them, up to the last that is not empty."""
        names = [str(name).strip() for name in self.rows[self.header_row]] if self.rows else []
        while names and not names[-1]:
            names.pop()
        return names

    @property
    def columns(self) -> dict[int, str]:
        """Place in the header → the column of a contract that it names, or a title of a published table."""
        names = [header.plain(title) for title in self.header]
        if self.published:
            return {place: name for place, name in enumerate(names) if name in self.published}
        return {place: name for place, name in enumerate(names) if header.is_name(name)}


def read(
    raw: bytes,
    locale: Locale,
    dataset: str | None,
    notes: dict[str, str],
    published: header.Published = header.NO_TABLES,
) -> RawTable:
    """The fitting sheet of a workbook as a raw table. Raises `Unreadable`."""
    candidate = _fitting(raw, dataset, published)
    _refuse_merged(candidate)
    if len(candidate.header) > limits.COLUMNS:
        raise Unreadable("too_many_columns", actual=len(candidate.header), limit=limits.COLUMNS)
    notes = notes | {"sheet": candidate.sheet.name}
    if candidate.header_row:
        notes["header"] = f"row {candidate.header_row + 1}"
    _refuse_never_computed(candidate)
    table = gather(candidate.header, _texts(candidate, locale), notes)
    return replace(table, faults=(*table.faults, *_unseen(candidate, table), *_merged(candidate, table)))


def _opened(raw: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(raw))
    except PasswordError as error:
        raise Unreadable("locked") from error
    except CalamineError as error:
        raise Unreadable("broken_workbook") from error


def _fitting(raw: bytes, dataset: str | None, published: header.Published) -> Candidate:
    """The one visible sheet that fits; failing that the likeliest, so that its header can be explained."""
    sheets = [candidate for candidate in _candidates(raw, _opened(raw), published) if candidate.rows]
    if not sheets:
        raise Unreadable("empty_file")
    fitting = [
        candidate for candidate in sheets if candidate.published or header.fits(candidate.header, dataset)
    ]
    if len(fitting) > 1:
        raise Unreadable("several_sheets", candidates=[candidate.sheet.name for candidate in fitting])
    return fitting[0] if fitting else max(sheets, key=lambda candidate: header.count_names(candidate.header))


def _candidates(raw: bytes, workbook: CalamineWorkbook, published: header.Published) -> Iterator[Candidate]:
    """The visible sheets."""
    area = 0
    if len(workbook.sheets_metadata) > limits.SHEETS:
        raise Unreadable("too_many_sheets", actual=len(workbook.sheets_metadata), limit=limits.SHEETS)
    for metadata in workbook.sheets_metadata:
        if metadata.visible != SheetVisibleEnum.Visible or metadata.typ != SheetTypeEnum.WorkSheet:
            continue
        inspected = looked_through(raw, metadata.name)
        area += inspected.area
        if area > limits.CELLS:
            raise Unreadable("too_many_cells", actual=area, limit=limits.CELLS)
        try:
            source = workbook if inspected.workbook is raw else _opened(inspected.workbook)
            sheet = source.get_sheet_by_name(metadata.name)
            rows = sheet.to_python(skip_empty_area=False)
        except CalamineError as error:
            raise Unreadable("broken_workbook") from error
        head = [[str(cell) for cell in row] for row in rows[: header.SEARCHED]]
        header_row = header.row_of(head, published)
        titles = published.get(header.titles_of(head[header_row]), frozenset()) if head else frozenset()
        yield Candidate(sheet, rows, header_row, inspected, titles)


def _refuse_merged(candidate: Candidate) -> None:
    """A merged cell names several columns at once, or none."""
    for (top, left), (bottom, right) in candidate.sheet.merged_cell_ranges or ():
        over_header = top <= candidate.header_row <= bottom
        if over_header or (bottom < header.SEARCHED and not candidate.columns):
            place = f"{letter(left)}{top + 1}:{letter(right)}{bottom + 1}"
            raise Unreadable("merged_header", sheet=candidate.sheet.name, range=place)


def _refuse_never_computed(candidate: Candidate) -> None:
    """Zeros of formulas below the names of columns, that no program worked out."""
    named = candidate.columns
    zeros = [
        (row, column)
        for row, column in candidate.cells.never_computed
        if row > candidate.header_row and column in named
    ]
    if zeros:
        row, column = min(zeros)
        raise Unreadable("never_computed", cell=f"{letter(column)}{row + 1}")


def _unseen(candidate: Candidate, table: RawTable) -> Iterator[RowFault]:
    """Rows and columns with values that whoever looks at the sheet does not see."""
    hidden = np.flatnonzero(np.isin(table.row_number - 1, list(candidate.cells.hidden_rows)))
    for number in table.row_number[hidden].tolist():
        yield RowFault(number, "hidden_row", {"count": len(hidden)})
    for place, name in candidate.columns.items():
        filled = int((table.columns[place].codes >= 0).sum())
        if place in candidate.cells.hidden_columns and filled:
            params: dict[str, object] = {"letter": letter(place), "count": filled}
            yield RowFault(None, "hidden_column", params, column=name)


def _merged(candidate: Candidate, table: RawTable) -> Iterator[RowFault]:
    """Cells of the table that are merged with one above them or to the left, which alone has their value."""
    numbers, names = set(table.row_number.tolist()), candidate.columns
    for (top, left), (bottom, right) in candidate.sheet.merged_cell_ranges or ():
        place = f"{letter(left)}{top + 1}:{letter(right)}{bottom + 1}"
        for column in range(left, min(right, len(table.header) - 1) + 1):
            for row in range(top + (column == left), min(bottom, top + MERGED) + 1):
                if row + 1 in numbers and column in names:
                    yield RowFault(
                        row + 1, "merged_cells", {"range": place}, column=names[column], value=place
                    )


def _texts(candidate: Candidate, locale: Locale) -> Iterator[tuple[int, Sequence[str]]]:
    first = candidate.header_row + 1
    for place, row in enumerate(candidate.rows[first:], first):
        cells = [_text(cell, locale) for cell in row]
        if without_value := candidate.cells.without_value:
            cells = [without_value.get((place, column), cell) for column, cell in enumerate(cells)]
        yield place + 1, cells


def _text(cell: Cell, locale: Locale) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float | int):
        return number_text(cell, locale)
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def number_text(number: float, locale: Locale) -> str:
    """A stored number in the country's marks: whole ones as long as they are exact, others with the 15 digits that a
    spreadsheet keeps.
    """
    if float(number).is_integer() and abs(number) < 2**53:
        return str(int(number))
    return f"{number:.15g}".replace(".", locale.decimal)
