"""The same rows in every form in which an office may send them."""

import csv
import gzip
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from hypothesis import strategies as st

KHMER = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
Row = Sequence[str | int | float | None]


@dataclass(frozen=True)
class Dialect:
    """How a file is written. `number` writes a whole number, `title` a column's name."""

    encoding: str
    delimiter: str
    line_end: str
    quoting: int
    packing: str
    number: str
    title: str
    above: int
    blank: bool

    def write(self, header: Sequence[str], rows: Sequence[Row]) -> bytes:
        text = io.StringIO(newline="")
        # Python's writer leaves a line feed unquoted where lines end with a carriage return
        quoting = csv.QUOTE_ALL if self.line_end == "\r" else self.quoting
        writer = csv.writer(
            text,
            delimiter=self.delimiter,
            lineterminator=self.line_end,
            quoting=quoting,  # type: ignore[arg-type]
        )
        for _ in range(self.above):
            writer.writerow(["Monthly report"])
        writer.writerow([getattr(name, self.title)() for name in header])
        for row in rows:
            writer.writerow([self.say(cell) for cell in row])
            if self.blank:
                writer.writerow([""] * len(header))
        return self.packed(text.getvalue().encode(self.encoding))

    def say(self, cell: str | int) -> str:
        if isinstance(cell, str):
            return cell
        return {
            "plain": f"{cell}",
            "thousands": f"{cell:,}",
            "decimal": f"{cell}.0",
            "blanks": f" {cell}\u00a0",
            "khmer": f"{cell}".translate(KHMER),
        }[self.number]

    def packed(self, raw: bytes) -> bytes:
        if self.packing == "gzip":
            return gzip.compress(raw)
        if self.packing == "zip":
            content = io.BytesIO()
            with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("return.csv", raw)
            return content.getvalue()
        return raw


dialects = st.builds(
    Dialect,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    packing=st.sampled_from(["", "", "gzip", "zip"]),
    number=st.sampled_from(["plain", "thousands", "decimal", "blanks", "khmer"]),
    title=st.sampled_from(["lower", "upper", "title"]),
    above=st.sampled_from([0, 0, 2]),
    blank=st.booleans(),
)


def workbook(header: Sequence[str], rows: Sequence[Row], top: int = 0) -> bytes:
    """The rows as XLSX, with the header in row `top` (0 is the first)."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate([header, *rows], top):
        for place, cell in enumerate(row):
            if cell is None:
                continue
            if isinstance(cell, str):
                sheet.write_string(number, place, cell)
            else:
                sheet.write_number(number, place, cell)
    book.close()
    return content.getvalue()
