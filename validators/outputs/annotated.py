"""The file back as XLSX, every problem at its cell: red where the row is rejected, yellow where
there is a question.

The officer mends the coloured cells and sends the workbook again: it is read like any other. A second
sheet lists all problems with the way to mend them.
"""

import io
from collections.abc import Sequence
from itertools import islice

import numpy as np
import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from validators.contracts.contract import in_language
from validators.messages import words
from validators.problems import Problem
from validators.table import Table
from validators.values import PLAIN_NUMBER
from validators.verdict import Verdict

COLOURS = {"reject": "#F8B4B4", "warn": "#FDE68A"}
SHOWN = 50_000
"""Problems that are marked: with more of them the file as a whole needs another look."""

LARGE = 100_000
"""Rows from which on only those with a problem are given back."""

ROW = "# row"
"""The column that says where a row stood; like every column beginning with # it is not read back."""


def annotate(verdict: Verdict, language: str = "en") -> bytes:
    """The bytes of an XLSX workbook: the verdict's table with its problems at their cells, and a list of them."""
    return workbook(verdict.table, list(islice(verdict.listed(), SHOWN)), language)


def workbook(table: Table | None, problems: Sequence[Problem], language: str = "en") -> bytes:
    """A table with its problems. A file that could not be read has no table, only its one problem."""
    table = table and table.masked()
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_urls": False})
    if table is not None:
        _table(book, table, problems, language)
    _list(book, problems, language)
    book.close()
    return content.getvalue()


def _table(book: xlsxwriter.Workbook, table: Table, problems: Sequence[Problem], language: str) -> None:
    """The columns that the file has, each row where it stood as long as the file is not too large for
    that.
    """
    sheet = book.add_worksheet(table.dataset)
    header = book.add_format({"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF"})
    note = book.add_format({"font_color": "#888888"})
    text = book.add_format({"num_format": "@"})
    marked = {
        severity: book.add_format({"num_format": "@", "bg_color": colour})
        for severity, colour in COLOURS.items()
    }
    frame, row_number = _shown(table, problems)
    required = table.contract.required
    names = [name for name in table.contract.names if name in required or frame[name].notna().any()]
    rows = row_number - 1 if len(frame) < LARGE else np.arange(1, len(frame) + 1)
    rows = rows + (1 if len(rows) and rows.min() < 1 else 0)
    at_cell = _at_cells(problems, names)
    sheet.write_row(0, 0, [*names, ROW], header)
    sheet.freeze_panes(1, 0)
    for place, name in enumerate(names):
        sheet.set_column(place, place, max(14, len(name) + 2), text)
        numeric = table.contract.column(name).numeric
        for row, number, value in zip(rows.tolist(), row_number.tolist(), frame[name], strict=True):
            cell_problems = at_cell.get((number, name), [])
            write_cell(
                sheet, row, place, value, marked[_worst(cell_problems)] if cell_problems else text, numeric
            )
            if cell_problems:
                comment = "\n".join(problem.text(language) for problem in cell_problems)
                sheet.write_comment(row, place, comment, {"x_scale": 2.5, "y_scale": 1.5})
    for row, number in zip(rows.tolist(), row_number.tolist(), strict=True):
        sheet.write_number(row, len(names), number, note)


def _shown(table: Table, problems: Sequence[Problem]) -> tuple[pd.DataFrame, np.ndarray]:
    if len(table.frame) < LARGE:
        return table.frame, table.row_number
    with_problem = np.isin(
        table.row_number, [problem.row_number for problem in problems if problem.row_number]
    )
    return table.frame[with_problem], table.row_number[with_problem]


def _at_cells(problems: Sequence[Problem], names: Sequence[str]) -> dict[tuple[int, str], list[Problem]]:
    """(row number, column) → its problems.

    One that concerns the whole row, or a column that the file has not, stands at the first cell.
    """
    by_cell: dict[tuple[int, str], list[Problem]] = {}
    for problem in problems:
        if problem.row_number is not None:
            column = problem.column if problem.column in names else names[0]
            by_cell.setdefault((problem.row_number, str(column)), []).append(problem)
    return by_cell


def _worst(problems: Sequence[Problem]) -> str:
    return "reject" if any(problem.severity == "reject" for problem in problems) else "warn"


def write_cell(sheet: Worksheet, row: int, place: int, value: object, style: Format, numeric: bool) -> None:
    """Codes stay texts and keep their zeros. Numbers are stored as such: cell_problems they are not written in the
    country's marks any more, by which a text would be read.
    """
    if not isinstance(value, str):
        sheet.write_blank(row, place, None, style)
    elif numeric and PLAIN_NUMBER.fullmatch(value):
        sheet.write_number(row, place, float(value), style)
    else:
        sheet.write_string(row, place, value, style)


def _list(book: xlsxwriter.Workbook, problems: Sequence[Problem], language: str) -> None:
    """All problems in the order of the rows."""
    names = ("row", "column", "value", "severity", "what_is_wrong", "how_to_mend")
    heads = [in_language(words()[name], language) for name in names]
    sheet = book.add_worksheet(in_language(words()["problems"], language))
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_row(0, 0, [f"# {head}" for head in heads], bold)
    sheet.set_column(0, 3, 14)
    sheet.set_column(4, 5, 60)
    for row, problem in enumerate(problems, 1):
        where = str(problem.row_number or in_language(words()["whole_file"], language))
        weight = in_language(words()[problem.severity], language)
        texts = (problem.message(language), problem.fix(language))
        for place, cell in enumerate((where, problem.column or "", problem.value or "", weight, *texts)):
            sheet.write_string(row, place, cell, wrapped)
