"""The XLSX template of a dataset for an area: its child areas, drop-downs, ranges, instructions, last
figures.

What it gives is read back as it is: the first row holds the columns' own names, and columns for people
begin with #.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from countries.declarations.schemes import Scheme
from countries.model import Country
from sala.errors import NotFound
from validators.contracts.contract import Column, Contract, contract, in_language
from validators.messages import words
from validators.outputs.documentation import what_to_write
from validators.outputs.prefilled import Line, areas_of_persons_not_placed, prefilled
from validators.values import codes, offered

EMPTY_ROWS = 200
"""Rows to fill in where the lines cannot be known beforehand."""

LONGEST_LIST = 255
"""Characters of a drop-down that is written out; a longer one stands on a sheet of its own."""

PROTECTION = dict.fromkeys(("insert_rows", "delete_rows", "format_cells", "format_columns", "sort"), True)
LISTS = "lists"


@dataclass(frozen=True)
class Shown:
    """One column of the sheet, cell by cell. A note has no contract's column and is not read back."""

    header: str
    column: Column | None
    cells: list[object]


def template(
    dataset: str,
    country: Country,
    areas: pd.DataFrame,
    area_code: str,
    period: str = "",
    last: pd.DataFrame | None = None,
    language: str = "",
) -> bytes:
    """The workbook for an area and a period.

    `areas`: code, parent_code, layer, name_<language>. `last`: the dataset's columns for an earlier
    period, shown beside the cells to fill in. Raises NotFound for an area that the country does not
    have.
    """
    if area_code not in set(areas["code"]):
        raise NotFound("unknown_area_of", area=area_code, country=country.names)
    about, speech = contract(dataset), language or country.languages[0]
    lines = list(prefilled(about, country, areas, area_code, period)) or [Line()] * EMPTY_ROWS
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    extra_areas = areas_of_persons_not_placed(about, country, areas, area_code)
    _fill(book, about, country, areas, lines, last, speech, extra_areas)
    _instruct(book, about, country, speech)
    book.close()
    return content.getvalue()


def csv_template(dataset: str, country: Country) -> bytes:
    """The header of a dataset as CSV, with the mark by which Excel knows UTF-8."""
    names = [column.name for column in offered(contract(dataset), country)]
    return ("\ufeff" + ",".join(names) + "\r\n").encode("utf-8")


def _fill(
    book: xlsxwriter.Workbook,
    about: Contract,
    country: Country,
    areas: pd.DataFrame,
    lines: Sequence[Line],
    last: pd.DataFrame | None,
    language: str,
    extra_areas: Sequence[str],
) -> None:
    sheet, lists = book.add_worksheet(about.dataset), book.add_worksheet(LISTS)
    lists.hide()
    header = book.add_format({"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF"})
    note = book.add_format({"bg_color": "#EEEEEE", "font_color": "#555555", "locked": False})
    text = book.add_format({"num_format": "@", "locked": False, "border": 4})
    number = book.add_format({"num_format": "#,##0.##", "locked": False, "border": 4, "align": "right"})
    for place, shown in enumerate(_columns(about, country, areas, lines, last, language)):
        column = shown.column
        sheet.write_string(0, place, shown.header, header)
        sheet.set_column(place, place, max(12, len(shown.header) + 3))
        sheet.write_column(
            1, place, shown.cells, note if column is None else number if column.numeric else text
        )
        if column is not None:
            explained = f"{in_language(column.label, language)}. {in_language(column.description, language)}"
            comment = f"{explained}\n{what_to_write(column, country, language)}"
            sheet.write_comment(0, place, comment, {"x_scale": 2.5, "y_scale": 2})
            choices = _allowed(column, country, shown.cells, extra_areas)
            if rule := _validation(column, choices, lists, place):
                sheet.data_validation(1, place, len(lines), place, rule)
    sheet.freeze_panes(1, 0)
    sheet.protect("", PROTECTION)


def _columns(
    about: Contract,
    country: Country,
    areas: pd.DataFrame,
    lines: Sequence[Line],
    last: pd.DataFrame | None,
    language: str,
) -> Iterator[Shown]:
    """The contract's columns; beside codes the names of areas, beside numbers what was last reported."""
    for column in offered(about, country):
        yield Shown(column.name, column, [line.get(column.name, "") for line in lines])
        if column.type == "area":
            for speech in dict.fromkeys((country.languages[0], "en")):
                names = dict(zip(areas["code"], areas.get(f"name_{speech}", areas["code"]), strict=True))
                title = f"# {in_language(words()['name'], speech)} ({speech})"
                yield Shown(title, None, [names.get(line.get(column.name, ""), "") for line in lines])
        if column.numeric and column.required and last is not None and column.name in last:
            key = [name for name in about.line_key if name in last and any(name in line for line in lines)]
            key = [name for name in key if about.period is None or name != about.period.name]
            figures = last.groupby(key, observed=True)[column.name].sum().to_dict()
            title = f"# {column.name}, {in_language(words()['last_period'], language)}"
            yield Shown(title, None, [figures.get(_key(line, key), "") for line in lines])


def _key(line: Line, names: Sequence[str]) -> object:
    key = tuple(line.get(name, "") for name in names)
    return key if len(key) > 1 else key[0]


def _allowed(
    column: Column, country: Country, cells: Sequence[object], extra_areas: Sequence[str]
) -> list[str]:
    """The choices of a drop-down; for an area, those of the sheet itself and `extra_areas`."""
    if column.type == "area":
        return list(dict.fromkeys([*(str(cell) for cell in cells if cell), *extra_areas]))
    return list(codes(column, country))


def _validation(column: Column, allowed: list[str], lists: Worksheet, place: int) -> dict[str, object] | None:
    """The drop-down or range of a column, as Excel knows it."""
    if allowed:
        lists.write_column(0, place, allowed)
        written_out = len(",".join(allowed)) <= LONGEST_LIST
        letter = xl_col_to_name(place, True)
        return {
            "validate": "list",
            "source": allowed if written_out else f"={LISTS}!{letter}$1:{letter}${len(allowed)}",
        }
    if column.numeric and column.minimum is not None:
        whole = column.dtype == "Int64"
        low, high = (
            limit if limit is None or not whole else int(limit) for limit in (column.minimum, column.maximum)
        )
        rule: dict[str, object] = {
            "validate": "integer" if whole else "decimal",
            "criteria": ">=",
            "value": low,
        }
        return rule if high is None else rule | {"criteria": "between", "minimum": low, "maximum": high}
    if column.maximum_length:
        return {"validate": "length", "criteria": "<=", "value": column.maximum_length}
    return None


def _instruct(book: xlsxwriter.Workbook, about: Contract, country: Country, language: str) -> None:
    """A sheet in the officer's language: what to do, what each column means, whom each scheme counts."""
    sheet = book.add_worksheet(in_language(words()["instructions"], language)[:31])
    title = book.add_format({"bold": True, "font_size": 16})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 2, 70)
    sheet.write_string(0, 0, in_language(about.title, language), title)
    introduction = [in_language(about.description, language)]
    for name in ("fill_in", "zero_not_empty", "delete_rows"):
        introduction.append(in_language(words()[name], language).format(sheet=about.dataset))
    rows = [[text] for text in introduction] + [[]]
    rows += [
        [column.name, in_language(column.description, language), what_to_write(column, country, language)]
        for column in offered(about, country)
    ]
    if "scheme" in about.names:
        rows += [[]] + [
            [scheme.id, in_language(scheme.names, language), _counted_text(scheme, country, language)]
            for scheme in country.schemes
        ]
    for row, cells in enumerate(rows, 2):
        for place, cell in enumerate(cells):
            sheet.write_string(row, place, cell, wrapped if len(cells) > 1 else None)


def _counted_text(scheme: Scheme, country: Country, language: str) -> str:
    """What a scheme's figures count, in which unit, and where persons of no known place are written."""
    text = in_language(scheme.counts, language)
    if scheme.unit != "persons":
        text += f" ({in_language(words()[scheme.unit], language)})"
    if scheme.place_not_known:
        layers = [in_language(country.layer(layer).names, language) for layer in scheme.place_not_known]
        own = in_language(country.layer(scheme.layer).names, language)
        hint = in_language(words()["write_place_not_known"], language)
        text += " " + hint.format(layer=own, layers=", ".join(layers))
    return text
