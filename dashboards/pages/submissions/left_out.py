"""Returns that an older file of the sender has and this one lacks: named, with one button that withdraws them."""

from itertools import groupby

from dash import html
from dash.development.base_component import Component

from dashboards.components.form import form, text_area
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.pages.submissions.models import LeftOutReturn
from dashboards.server.view import View
from sala.translation.translator import Translator

_LONGEST = 500  # letters


def left_out_card(
    receipt: str, returns: list[LeftOutReturn], may_correct: bool, view: View, t: Translator
) -> Component:
    """A table for each older file, and the form that withdraws what it lists."""
    parts: list[Component] = [html.H2(t("submissions.left_out"))]
    for older, group in groupby(returns, lambda left: left.older_receipt):
        parts.append(html.P(t("submissions.left_out_lede", file=older), className="lede"))
        parts.append(data_table(_table(list(group), t), t))
        if may_correct:
            because = text_area(
                "because", t("submissions.because"), rows=1, most=_LONGEST, of=f"left-out-{older}"
            )
            parts.append(
                form(
                    f"/submissions/{older}/withdraw",
                    [because],
                    t("submissions.withdraw_left_out"),
                    view,
                    {"left_out_of": receipt},
                    look="inline",
                )
            )
    return html.Section(parts, className="card", id="left-out")


def _table(returns: list[LeftOutReturn], t: Translator) -> Table:
    columns = (
        Column("area", t("column.area"), "text"),
        Column("scheme", t("column.scheme"), "text"),
        Column("period", t("column.period"), "text"),
        Column("total", t("column.all")),
    )
    rows = [
        (
            t.name(left.names, left.area_code),
            t.name(left.scheme, "–") if left.scheme else "–",
            t.period(left.period),
            left.total,
        )
        for left in returns
    ]
    return Table(t("submissions.left_out"), columns, rows)
