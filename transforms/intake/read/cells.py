"""The cells of an XLSX as its own XML has them: how far they reach, and which hold no value.

The workbook reader makes room for every cell between the first and the last, and returns errors such as #DIV/0! and
formulas that were never computed as empty cells. So a sheet is looked through before: what lies far out is left away
where it is blank and refused where it is not, and what has no value is shown as what it is.
"""

import io
import zipfile
from dataclasses import dataclass, field

from transforms.intake.read import limits
from transforms.intake.read.archive import BROKEN
from transforms.intake.read.xml_events import Attributes, BrokenXml, XmlEvents
from validators.unreadable import Unreadable

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""The last cell of a sheet is XFD1048576."""

SHARED_STRINGS = "xl/sharedStrings.xml"
DIGITS = "0123456789"
TRUE = ("1", "true")


@dataclass(frozen=True)
class Sheet:
    """`workbook`: the bytes to read the sheet from; `area`: cells between its first and its last.

    `without_value`: (row, column), from 0 → `#DIV/0!`, or a formula as text. `never_computed`: the cells, from 0, whose
    formulas say zero because no program worked them out. `hidden_rows`, `hidden_columns`: from 0.
    """

    workbook: bytes
    area: int = 0
    without_value: dict[tuple[int, int], str] = field(default_factory=dict)
    never_computed: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def looked_through(workbook: bytes, name: str) -> Sheet:
    """What a sheet of an XLSX holds; other kinds of workbook are not looked through.

    Where blank cells far out make the sheet huge, its workbook is without them. Raises `Unreadable` for a sheet that is
    broken.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
            path = _path(archive, name)
            if path is None:
                return Sheet(workbook)
            with archive.open(path) as xml:
                cells = _Cells().read(xml)
            if cells.area > max(limits.SPARSE, 10 * cells.count):
                filled = _without_blanks(archive, path)
                workbook, cells = _replaced(archive, path, filled), _Cells().read(io.BytesIO(filled))
            on_load = "xl/calcChain.xml" not in archive.namelist() and _computes_on_load(archive)
    except (*BROKEN, BrokenXml) as error:
        raise Unreadable("broken_workbook") from error
    return Sheet(
        workbook,
        cells.area,
        cells.without_value,
        frozenset(cells.zeros if cells.only_zeros(on_load) else ()),
        frozenset(cells.hidden_rows),
        frozenset(cells.hidden_columns),
    )


class _Cells(XmlEvents):
    """How many cells a sheet has, how far they reach, and which hold no value."""

    def __init__(self) -> None:
        super().__init__()
        self.count = self.last_row = self.last_column = 0
        self.without_value: dict[tuple[int, int], str] = {}
        self.zeros: set[tuple[int, int]] = set()
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._results: set[str] = set()
        self._row = self._column = 0
        self._columns = _Columns()
        self._type: str | None = None
        self._formula = self._value = ""

    @property
    def area(self) -> int:
        """The cells between the first of the sheet and the last."""
        return self.last_row * self.last_column

    def only_zeros(self, on_load: bool) -> bool:
        """Whether the formulas say zero for want of a result: all do, and their workbook is to be computed on load, or
        they say 0.0, which no spreadsheet writes.
        """
        return self._results == {"0.0"} or (on_load and not any(map(_some, self._results)))

    def started(self, name: str, attributes: Attributes) -> None:
        name = self.local[name]
        if name == "c":
            self.count += 1
            if address := attributes.get("r"):
                letters = address.rstrip(DIGITS)
                self._row, self._column = _row(address[len(letters) :]), self._columns[letters]
            else:  # a cell without an address is behind the one before
                self._column += 1
            if self._row > self.last_row:
                self.last_row = self._row
            if self._column > self.last_column:
                self.last_column = self._column
            self._type = attributes.get("t")
            if self._type == "e":
                self._formula = self._value = ""
                self.listen()
        elif name == "row":
            self._row = _row(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
            if attributes.get("hidden") in TRUE:
                self.hidden_rows.add(self._row - 1)
        elif name == "col" and attributes.get("hidden") in TRUE:
            first, last = (int(attributes.get(name, "0")) for name in ("min", "max"))
            self.hidden_columns.update(range(first - 1, min(last, LAST_COLUMN)))
        elif name == "f":
            self._formula = self._value = ""
            self.listen()

    def ended(self, name: str, text: str) -> None:
        """Told of cells with an error or a formula only."""
        if name == "f":
            self._formula = text
        elif name == "v":
            self._value = text
        elif name == "c":
            self.ignore()
            place = self._row - 1, self._column - 1
            if self._type == "e":
                self.without_value[place] = self._value or "#ERROR"
            elif not self._value and self._type != "str":  # a formula may come to an empty text
                self.without_value[place] = "=" + self._formula
            else:
                self._results.add(self._value)
                if not _some(self._value):
                    self.zeros.add(place)


class _Blanks(XmlEvents):
    """Where the blank cells of a sheet begin and end, in bytes. `blank_strings`: the shared strings that are blank, by
    number. A cell without an address is left, for others count on its place.
    """

    def __init__(self, blank_strings: frozenset[str]) -> None:
        super().__init__()
        self.places: list[tuple[int, int]] = []
        self._blank_strings = blank_strings
        self._begun = 0
        self._over = self._filled = self._shared = False
        self.listen()

    def started(self, name: str, attributes: Attributes) -> None:
        self._close()
        name = self.local[name]
        if name == "c":
            self._begun = self.position
            self._filled = "r" not in attributes
            self._shared = attributes.get("t") == "s"
        elif name == "f":
            self._filled = True

    def ended(self, name: str, text: str) -> None:
        self._close()
        text = text.strip()
        if text and not (self._shared and text in self._blank_strings):
            self._filled = True
        self._over = name == "c" and not self._filled

    def _close(self) -> None:
        """A cell reaches to what comes behind it."""
        if self._over:
            self.places.append((self._begun, self.position))
            self._over = False


class _BlankStrings(XmlEvents):
    """The shared strings that are blank, by number."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: set[str] = set()
        self._count = 0
        self._filled = False
        self.listen()

    def ended(self, name: str, text: str) -> None:
        self._filled |= name == "t" and bool(text.strip())
        if name == "si":
            if not self._filled:
                self.numbers.add(str(self._count))
            self._count += 1
            self._filled = False


class _Names(XmlEvents):
    """What the elements of a kind are called: one attribute → another, in a workbook's list of parts."""

    def __init__(self, element: str, key: str, value: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._element, self._key, self._value = element, key, value

    def started(self, name: str, attributes: Attributes) -> None:
        if self.local[name] == self._element:
            plain = {self.local[attribute]: value for attribute, value in attributes.items()}
            self.values.setdefault(plain.get(self._key, ""), plain.get(self._value, ""))


def _path(archive: zipfile.ZipFile, sheet: str) -> str | None:
    """Where the archive keeps a sheet, by way of the workbook's relations; None where it is no XLSX."""
    parts = set(archive.namelist())
    if not parts >= {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"}:
        return None
    with archive.open("xl/workbook.xml") as book, archive.open("xl/_rels/workbook.xml.rels") as relations:
        relation = _Names("sheet", "name", "id").read(book).values.get(sheet)
        target = _Names("Relationship", "Id", "Target").read(relations).values.get(relation or "", "")
    path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return path if path in parts else None


def _computes_on_load(archive: zipfile.ZipFile) -> bool:
    """Whether a workbook leaves it to the program that opens it to work its formulas out."""
    with archive.open("xl/workbook.xml") as book:
        return _Names("calcPr", "", "fullCalcOnLoad").read(book).values.get("") in TRUE


def _without_blanks(archive: zipfile.ZipFile, path: str) -> bytes:
    """The XML of a sheet without its blank cells."""
    strings = _BlankStrings()
    if SHARED_STRINGS in archive.namelist():
        with archive.open(SHARED_STRINGS) as xml:
            strings.read(xml)
    sheet = archive.read(path)
    places = _Blanks(frozenset(strings.numbers)).read(io.BytesIO(sheet)).places
    starts = [0, *(end for _, end in places)]
    ends = [*(begun for begun, _ in places), len(sheet)]
    return b"".join(sheet[start:end] for start, end in zip(starts, ends, strict=True))


def _replaced(archive: zipfile.ZipFile, path: str, part: bytes) -> bytes:
    """The workbook with one of its parts replaced."""
    workbook = io.BytesIO()
    with zipfile.ZipFile(workbook, "w") as copy:
        for name in dict.fromkeys(archive.namelist()):
            copy.writestr(name, part if name == path else archive.read(name))
    return workbook.getvalue()


def _some(result: str) -> bool:
    """Whether a formula's result is not the number zero."""
    return not result or bool(result.strip("0."))


def _row(digits: str) -> int:
    """A row's number. Raises `BrokenXml` for what is none."""
    number = int(digits) if digits.isdecimal() and len(digits) < 8 else 0
    if not 0 < number <= LAST_ROW:
        raise BrokenXml(f"there is no row {digits[:20]}")
    return number


class _Columns(dict[str, int]):
    """A column's letters → its number, from 1: A is 1, AA is 27. Raises `BrokenXml` for what is none."""

    def __missing__(self, letters: str) -> int:
        number = 0
        for letter in letters[:4].upper():
            number = number * 26 + ord(letter) - ord("A") + 1
        if not (letters.isascii() and letters.isalpha() and number <= LAST_COLUMN):
            raise BrokenXml(f"there is no column {letters[:20]}")
        self[letters] = number
        return number
