"""Cells of an XLSX that hold no value: errors such as #DIV/0!, and formulas that were never computed.

The workbook reader returns both as empty cells. An empty cell may be allowed where a broken formula is
not, so they are looked up in the sheet's own XML and shown as what they are.
"""

import io
import re
import zipfile
from xml.etree import ElementTree

from transforms.intake.read.archive import BROKEN

CELL = re.compile(rb"<c\s[^>]*?r=\"([A-Z]+)([0-9]+)\"[^>]*?(?:/>|>(.*?)</c>)", re.DOTALL)
FORMULA = re.compile(rb"<f[^>]*>(.*?)</f>", re.DOTALL)
VALUE = re.compile(rb"<v>(.*?)</v>", re.DOTALL)
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def unreadable_cells(raw: bytes, sheet: str) -> dict[tuple[int, int], str]:
    """(row, column), from 0 → `#DIV/0!` or the formula as text. Empty for other kinds of workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            xml = archive.read(_path(archive, sheet))
    except (*BROKEN, KeyError, StopIteration, ElementTree.ParseError):
        return {}
    if b't="e"' not in xml and b"<f" not in xml:
        return {}
    texts = {}
    for cell in CELL.finditer(xml):
        column, row, content = cell.groups()
        opening = cell.group(0).partition(b">")[0]
        value = VALUE.search(content or b"")
        formula = FORMULA.search(content or b"")
        if b't="e"' in opening:
            texts[int(row) - 1, _place(column)] = value[1].decode() if value else "#ERROR"
        elif formula and value is None:
            texts[int(row) - 1, _place(column)] = "=" + formula[1].decode("utf-8", "replace")
    return texts


def _path(archive: zipfile.ZipFile, sheet: str) -> str:
    """Where the archive keeps a sheet, by way of the workbook's relations."""
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    relation = next(
        tag.get(RELATION) for tag in book.iter() if tag.get("name") == sheet and tag.get(RELATION)
    )
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    target = next(tag.get("Target", "") for tag in relations if tag.get("Id") == relation)
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters.decode():
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
