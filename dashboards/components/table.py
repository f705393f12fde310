"""One table for all pages: caption, heads with scope, numbers right-aligned in the reader's locale."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.aria import aria
from dashboards.components.format_figure import figure_text
from dashboards.components.review_state import state_pill
from dashboards.components.table_data import Cell, Column, Noted, Table, Unknown
from dashboards.models.figure import Figure
from sala.translation.translator import Translator


def cell_text(cell: Cell, column: Column, t: Translator) -> str:
    """A cell as a reader of this language writes it."""
    if isinstance(cell, Noted):
        cell = cell.value
    if cell is None:
        return "–"
    if isinstance(cell, Unknown):
        return t(f"figure.{cell.value}")
    if isinstance(cell, Figure):
        return figure_text(cell, t) if column.kind == "figure" else _bounds(cell, t)
    if isinstance(cell, dt.date):
        return t.date(cell)
    if isinstance(cell, str):
        return cell
    match column.kind:
        case "share":
            return t.percent(cell)
        case "percent":
            return t.percent(cell / 100)
        case _:
            return t.number(cell, 0 if float(cell).is_integer() else 1)


def _bounds(figure: Figure, t: Translator) -> str:
    if figure.low is None:
        return "–"
    return t("format.percent", number=t.span(figure.low, figure.high))


def data_table(table: Table, t: Translator, look: str = "") -> Component:
    """The table as HTML; it scrolls sideways inside its own box on a narrow screen. `look` is a class of its own."""
    head = html.Tr([html.Th(column.label, scope="col", className=_align(column)) for column in table.columns])
    hrefs = table.hrefs or [None] * len(table.rows)
    body = [
        html.Tr(_row(row, href, table.columns, t), className="total" if place < table.totals else None)
        for place, (row, href) in enumerate(zip(table.rows, hrefs, strict=True))
    ]
    return html.Div(
        html.Table(
            [html.Caption(table.caption, className="unseen"), html.Thead(head), html.Tbody(body)],
            className=f"data {look}".strip(),
        ),
        className="table-box",
        tabIndex=0,
        role="region",
        **aria(label=table.caption),
    )


def _row(row: Sequence[Cell], href: str | None, columns: Sequence[Column], t: Translator) -> list[Component]:
    first = cell_text(row[0], columns[0], t)
    return [
        html.Th(
            dcc.Link(first, href=href) if href else first, scope="row", className="text", **_label(columns[0])
        ),
        *(_cell(cell, column, t) for cell, column in zip(row[1:], columns[1:], strict=True)),
    ]


def _cell(cell: Cell, column: Column, t: Translator) -> Component:
    text: Component | str = cell_text(cell, column, t)
    if column.kind == "state" and isinstance(cell, str):
        text = state_pill(cell, t)
    if not isinstance(cell, Noted):
        return html.Td(text, className=_align(column), **_label(column))
    if cell.chosen_as:
        what, words = cell.chosen_as
        given: dict[str, Any] = {"data-choose": what} | aria(label=f"{text}, {words}")
        text = html.Button(text, type="button", className="choose", title=words, **given)
    parts: list[Component | str] = [text]
    if cell.link:
        parts += [" ", html.A(cell.link[0], href=cell.link[1])]
    return html.Td(
        [*parts, html.Small(cell.note)],
        className=f"{_align(column)} unusual" if cell.warning else _align(column),
        title=cell.warning or None,
        **_label(column),
    )


def _label(column: Column) -> dict[str, Any]:
    """The head of a cell, for a row that a narrow screen shows as a card."""
    return {"data-label": column.label}


def _align(column: Column) -> str:
    if column.kind == "moment":
        return "text moment"
    return "text" if column.kind in ("text", "state") else "num"
