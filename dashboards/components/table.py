"""One table for all pages: caption, heads with scope, numbers right-aligned in the reader's locale."""

import datetime as dt
from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.aria import aria
from dashboards.components.format_figure import said
from dashboards.components.table_data import Cell, Column, Table
from dashboards.models.figure import Figure
from sala.translation.translator import Translator


def written(cell: Cell, column: Column, t: Translator) -> str:
    """A cell as a reader of this language writes it."""
    if cell is None:
        return "–"
    if isinstance(cell, Figure):
        return said(cell, t) if column.kind == "figure" else _bounds(cell, t)
    if isinstance(cell, dt.date):
        return t.date(cell)
    if isinstance(cell, str):
        return cell
    match column.kind:
        case "share":
            return t.percent(cell)
        case "points":
            return t.points(cell)
        case _:
            return t.number(cell, 0 if float(cell).is_integer() else 1)


def _bounds(figure: Figure, t: Translator) -> str:
    if figure.low is None:
        return "–"
    return t("format.percent", number=t.span(figure.low, figure.high))


def data_table(table: Table, t: Translator) -> Component:
    """The table as HTML; it scrolls sideways inside its own box on a narrow screen."""
    head = html.Tr(
        [
            html.Th(column.label, scope="col", className="text" if column.kind == "text" else "num")
            for column in table.columns
        ]
    )
    hrefs = table.hrefs or [None] * len(table.rows)
    body = [_row(row, href, table.columns, t) for row, href in zip(table.rows, hrefs, strict=True)]
    return html.Div(
        html.Table(
            [html.Caption(table.caption, className="unseen"), html.Thead(head), html.Tbody(body)],
            className="data",
        ),
        className="table-box",
        tabIndex=0,
        role="region",
        **aria(label=table.caption),
    )


def _row(row: Sequence[Cell], href: str | None, columns: Sequence[Column], t: Translator) -> Component:
    cells: list[Component] = []
    for position, (cell, column) in enumerate(zip(row, columns, strict=True)):
        text = written(cell, column, t)
        if position == 0:
            cells.append(html.Th(dcc.Link(text, href=href) if href else text, scope="row", className="text"))
        else:
            cells.append(html.Td(text, className="text" if column.kind == "text" else "num"))
    return html.Tr(cells)
