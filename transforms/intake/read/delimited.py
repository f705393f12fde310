"""Comma, semicolon and tab separated text, in the encodings and with the habits of real offices."""

import csv
import io
import itertools
import sys
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from transforms.intake.read import header, limits
from transforms.intake.read.raw_table import RawTable, gather
from validators.unreadable import Unreadable

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
HEAD = 65_536
"""Bytes in which the header must end."""


def read(text: bytes, notes: dict[str, str], published: header.Published = header.NO_TABLES) -> RawTable:
    """Text in UTF-8 → a raw table. The delimiter is the one under which the header is best known."""
    body, row, delimiter = _after_separator_line(text)
    delimiter = delimiter or _delimiter(body, published)
    notes = {**notes, "delimiter": DELIMITERS[delimiter]}
    table = _fast(body, delimiter, row, notes)
    return table if table is not None else _careful(body, delimiter, row, notes, published)


def _after_separator_line(text: bytes) -> tuple[bytes, int, str | None]:
    """Excel's `sep=;` in the first line names the delimiter; the header is then in row 2."""
    first, _, rest = text.partition(b"\n")
    line = first.strip().lower()
    if line.startswith(b"sep=") and (delimiter := first.strip()[4:].decode()) in DELIMITERS:
        return rest, 2, delimiter
    return text, 1, None


def _delimiter(text: bytes, published: header.Published) -> str:
    def names(mark: str) -> tuple[bool, int, int]:
        rows = _head(head.decode("utf-8", "ignore"), mark)
        names_in_header = rows[header.row_of(rows, published)] if rows else []
        known = header.is_published(names_in_header, published)
        return known, header.count_names(names_in_header), len(names_in_header)

    head = text[:HEAD]
    head = head[: head.rfind(b"\n") + 1] or head
    return max(DELIMITERS, key=names)


def _head(text: str, delimiter: str) -> list[list[str]]:
    return list(
        itertools.islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), header.SEARCHED)
    )


def _fast(text: bytes, delimiter: str, row: int, notes: dict[str, str]) -> RawTable | None:
    """The well-formed file, a million rows a second. None for a file that needs care."""
    start, end = text.find(b"\n") + 1, len(text)
    while end > start and text[end - 1] in b"\r\n":
        end -= 1
    line, quotes = text[:start].rstrip(b"\r\n"), text.count(b'"', start, end)
    if b'"' in line or b"\r" in line or not line.strip() or quotes % 2:
        return None
    titles = line.decode("utf-8").split(delimiter)
    if not header.count_names(titles) or not titles[-1].strip():
        return None
    if len(titles) > limits.COLUMNS:
        raise Unreadable("too_many_columns", actual=len(titles), limit=limits.COLUMNS)
    names = [str(place) for place in range(len(titles))]
    try:
        table = arrow_csv.read_csv(
            pa.py_buffer(text).slice(start, end - start),  # not copied: a month's file is large
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=8_000_000),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=quotes > 0, ignore_empty_lines=False
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string())),
                null_values=[""],
                strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows > limits.ROWS:
        raise Unreadable("too_many_rows", limit=limits.ROWS)
    frame = table.unify_dictionaries().to_pandas(self_destruct=True)
    row_number = np.arange(row + 1, row + 1 + len(frame), dtype=np.int64)
    return RawTable(tuple(titles), [frame[name].array for name in names], row_number, notes)


def _careful(
    text: bytes, delimiter: str, row: int, notes: dict[str, str], published: header.Published
) -> RawTable:
    """Any file: blank lines, ragged rows, quotation marks left open."""
    rows = _records(text.decode("utf-8"), delimiter, row)
    above = list(itertools.islice(rows, header.SEARCHED))
    if not above:
        raise Unreadable("empty_file")
    place = header.row_of([cells for _, cells in above], published)
    number, titles = above[place]
    while titles and not titles[-1].strip():
        titles.pop()
    if len(titles) > limits.COLUMNS:
        raise Unreadable("too_many_columns", actual=len(titles), limit=limits.COLUMNS)
    notes = notes | ({"header": f"row {number}"} if number > 1 else {})
    return gather(titles, itertools.chain(above[place + 1 :], rows), notes)


def _records(text: str, delimiter: str, first: int) -> Iterator[tuple[int, list[str]]]:
    """(row number, cells). A cell with line breaks in it stays one row, as in a spreadsheet."""
    csv.field_size_limit(sys.maxsize)
    lines: list[str] = []

    def remembered() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            lines.append(line)
            yield line

    for number, cells in enumerate(csv.reader(remembered(), delimiter=delimiter), first):
        record = "".join(lines)
        if record.count('"') % 2 and (len(lines) > 1 or _left_open(record, delimiter)):
            raise Unreadable("unclosed_quote", row=number)
        lines.clear()
        yield number, cells


def _left_open(record: str, delimiter: str) -> bool:
    """Whether a cell begins with a quotation mark and has no other; an inch mark inside a cell does no harm."""
    try:
        list(csv.reader([record], delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
