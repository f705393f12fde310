"""What waits for the board's decision: the same words together, the overdue first."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.models.board import Decision
from dashboards.server.view import View
from sala.translation.translator import Translator


def decisions(waiting: Sequence[Decision], view: View, t: Translator) -> list[Component]:
    """A sentence with their number, a table, and the way to the page of items."""
    if not waiting:
        return [html.P(t("board.no_decisions"), className="empty")]
    columns = (
        Column("text", t("items.decision"), "text"),
        Column("areas", t("board.asked_by")),
        Column("overdue", t("board.overdue")),
        Column("oldest_days", t("board.oldest")),
        Column("due", t("column.due"), "date"),
    )
    rows = [(one.text, one.areas, one.overdue, one.oldest_days, one.due) for one in waiting]
    many = waiting[0].of_area
    overdue = sum(one.overdue for one in waiting)
    return [
        html.P(
            t("board.decisions", n=many, texts=t.number(len(rows)), overdue=t.number(overdue)),
            className="lede",
        ),
        data_table(Table(t("board.decide"), columns, rows), t),
        html.P(dcc.Link(t("board.to_items"), href=view.href("/items", indicator=None), className="action")),
    ]
