"""Tables as files, written while their rows are read: the first bytes leave before the last row is known."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet

Rows = Iterable[Sequence[Sequence[Any]]]
"""Slices of rows."""

MOST_XLSX_ROWS = 1_048_575  # that a sheet has below its head
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="xl/workbook.xml"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="sala" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="worksheets/sheet1.xml"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>',
}
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


class _Outlet(io.RawIOBase):
    """A file that is only written to, and emptied as it grows."""

    def __init__(self) -> None:
        self._written: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        self._written.append(bytes(content))
        return len(content)

    def drain(self) -> bytes:
        content = b"".join(self._written)
        self._written.clear()
        return content


def csv_bytes(columns: Sequence[str], slices: Rows) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, without which Excel takes Khmer for something else; what is missing is empty."""
    yield ("\ufeff" + ",".join(columns) + "\n").encode()
    for rows in slices:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([_plain(value) for value in row] for row in rows)
        yield out.getvalue().encode()


def xlsx_bytes(columns: Sequence[str], slices: Rows) -> Iterator[bytes]:
    """A workbook of one sheet; of more rows than a sheet can have, those that fit."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, part in _PARTS.items():
            book.writestr(name, _HEAD + part)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write((_HEAD + _SHEET + _xlsx_row(columns)).encode())
            yield outlet.drain()
            left = MOST_XLSX_ROWS
            for rows in slices:
                sheet.write("".join(map(_xlsx_row, rows[:left])).encode())
                left -= len(rows[:left])
                yield outlet.drain()
            sheet.write(b"</sheetData></worksheet>")
    yield outlet.drain()


def parquet_bytes(columns: Sequence[str], numbers: Iterable[str], slices: Rows) -> Iterator[bytes]:
    """A row group a slice; `numbers` are columns of double precision, all others are text."""
    kinds = set(numbers)
    schema = pa.schema([(name, pa.float64() if name in kinds else pa.string()) for name in columns])
    outlet = _Outlet()
    with pa.parquet.ParquetWriter(outlet, schema) as writer:
        yield outlet.drain()
        for rows in slices:
            arrays = [
                pa.array([_typed(row[place], field.name in kinds) for row in rows], field.type)
                for place, field in enumerate(schema)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            yield outlet.drain()
    yield outlet.drain()


def json_bytes(columns: Sequence[str], slices: Rows) -> Iterator[bytes]:
    """`{"rows": [{column: value}]}`."""
    yield b'{"rows": ['
    first = True
    for rows in slices:
        objects = [
            json.dumps(dict(zip(columns, map(_json, row), strict=True)), ensure_ascii=False) for row in rows
        ]
        if objects:
            yield (("" if first else ",\n") + ",\n".join(objects)).encode()
            first = False
    yield b"]}\n"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _json(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else _plain(value)


def _typed(value: Any, number: bool) -> Any:
    if value is None:
        return None
    return float(value) if number else str(_plain(value))


def _xlsx_row(row: Sequence[Any]) -> str:
    return f"<row>{''.join(map(_xlsx_cell, row))}</row>"


def _xlsx_cell(value: Any) -> str:
    if value is None:
        return "<c/>"
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(str(_plain(value)))}</t></is></c>'
