"""Workbooks: XLSX above all; XLSB, XLS and ODS come with the same reader.

The sheet is the one whose header fits a dataset. Numbers and dates come as the workbook stores them, not as
it shows them, and are written here in the country's own marks: the rest need not know where a text came from.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

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
from transforms.intake.read.cells import looked_through
from transforms.intake.read.raw_table import RawTable, gather
from validators.contracts.contract import contracts
from validators.unreadable import Unreadable

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""XLS begins so, and so does an XLSX behind a password."""

Cell = object


@dataclass(frozen=True)
class Candidate:
    """A sheet with the row in which its header stands (0 for the first)."""

    sheet: CalamineSheet
    rows: Sequence[Sequence[Cell]]
    header_row: int
    without_value: dict[tuple[int, int], str]

    @property
    def header(self) -> list[str]:
        """The names in the header's row without blanks around them, up to the last that is not empty."""
        names = [str(name).strip() for name in self.rows[self.header_row]] if self.rows else []
        while names and not names[-1]:
            names.pop()
        return names


def read(raw: bytes, locale: Locale, dataset: str | None, notes: dict[str, str]) -> RawTable:
    """The fitting sheet of a workbook as a raw table. Raises `Unreadable`."""
    candidate = _fitting(raw, dataset)
    _refuse_merged(candidate)
    if len(candidate.header) > limits.COLUMNS:
        raise Unreadable("too_many_columns", actual=len(candidate.header), limit=limits.COLUMNS)
    notes = notes | {"sheet": candidate.sheet.name}
    if candidate.header_row:
        notes["header"] = f"row {candidate.header_row + 1}"
    return gather(candidate.header, _texts(candidate, locale), notes)


def _opened(raw: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(raw))
    except PasswordError as error:
        raise Unreadable("locked") from error
    except CalamineError as error:
        raise Unreadable("locked" if _is_encrypted(raw) else "broken_workbook") from error


def _is_encrypted(raw: bytes) -> bool:
    return raw.startswith(OLD_WORKBOOK) and "EncryptedPackage".encode("utf-16-le") in raw


def _fitting(raw: bytes, dataset: str | None) -> Candidate:
    """The one visible sheet that fits; failing that the likeliest, so that its header can be explained."""
    sheets = [candidate for candidate in _candidates(raw, _opened(raw)) if candidate.rows]
    if not sheets:
        raise Unreadable("empty_file")
    fitting = [
        candidate
        for candidate in sheets
        if set(header.fits(candidate.header)) & ({dataset} if dataset else set(contracts()))
    ]
    if len(fitting) > 1:
        raise Unreadable("several_sheets", candidates=[candidate.sheet.name for candidate in fitting])
    return fitting[0] if fitting else max(sheets, key=lambda candidate: header.count_names(candidate.header))


def _candidates(raw: bytes, workbook: CalamineWorkbook) -> Iterator[Candidate]:
    """The visible sheets."""
    area = 0
    for metadata in workbook.sheets_metadata:
        if metadata.visible != SheetVisibleEnum.Visible or metadata.typ != SheetTypeEnum.WorkSheet:
            continue
        found = looked_through(raw, metadata.name)
        area += found.area
        if area > limits.CELLS:
            raise Unreadable("too_many_cells", actual=area, limit=limits.CELLS)
        try:
            source = workbook if found.workbook is raw else _opened(found.workbook)
            sheet = source.get_sheet_by_name(metadata.name)
            rows = sheet.to_python(skip_empty_area=False)
        except CalamineError as error:
            raise Unreadable("broken_workbook") from error
        header_row = header.row_of([[str(cell) for cell in row] for row in rows[: header.SEARCHED]])
        yield Candidate(sheet, rows, header_row, found.without_value)


def _refuse_merged(candidate: Candidate) -> None:
    """A merged cell names several columns at once, or none."""
    for (top, left), (bottom, right) in candidate.sheet.merged_cell_ranges or ():
        over_header = top <= candidate.header_row <= bottom
        if over_header or (bottom < header.SEARCHED and not header.count_names(candidate.header)):
            place = f"{letter(left)}{top + 1}:{letter(right)}{bottom + 1}"
            raise Unreadable("merged_header", sheet=candidate.sheet.name, range=place)


def letter(column: int) -> str:
    """0 → A, 26 → AA, as the spreadsheet names its columns."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _texts(candidate: Candidate, locale: Locale) -> Iterator[tuple[int, Sequence[str]]]:
    first = candidate.header_row + 1
    for place, row in enumerate(candidate.rows[first:], first):
        cells = [_text(cell, locale) for cell in row]
        if candidate.without_value:
            cells = [candidate.without_value.get((place, column), cell) for column, cell in enumerate(cells)]
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
