"""Rows as an XLSX workbook that is read like any other file: what stood in it, with some cells written anew."""

import io
from collections.abc import Collection
from datetime import datetime

import xlsxwriter

from validators.outputs.annotated import write_cell
from validators.table import Table

Cell = tuple[int, str]
"""A row number and a column."""


def mended_workbook(table: Table, typed: Collection[Cell]) -> bytes:
    """The bytes of a workbook with the columns that hold something, not masked: it is for the reader of files alone.

    Each row stands where it stood, so that its number stays. `typed`: the cells that somebody has just written, in the
    country's own marks; the others are cleaned already. The same rows give the same bytes, so that a file that is sent
    twice is one.
    """
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_urls": False})
    book.set_properties({"created": datetime(2000, 1, 1)})
    sheet, text = book.add_worksheet(table.dataset), book.add_format({"num_format": "@"})
    required = table.contract.required
    names = [name for name in table.contract.names if name in required or table.frame[name].notna().any()]
    sheet.write_row(0, 0, names)
    typed, above = frozenset(typed), 0 if table.row_number.min(initial=2) < 2 else 1
    for place, name in enumerate(names):
        numeric = table.contract.column(name).numeric
        cells = zip(table.row_number.tolist(), table.frame[name], strict=True)
        for number, value in cells:
            write_cell(sheet, number - above, place, value, text, numeric and (number, name) not in typed)
    book.close()
    return content.getvalue()
