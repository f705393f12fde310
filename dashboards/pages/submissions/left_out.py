"""Returns that an older file of the sender has and this one lacks: named, with one button that withdraws them."""

from itertools import groupby

from dash import html
from dash.development.base_component import Component

from dashboards.components.form import form, text_area
from dashboards.components.table_data import Column
from dashboards.pages.submissions.models import LeftOutReturn
from dashboards.pages.submissions.return_table import return_table
from dashboards.server.view import View
from sala.translation.translator import Translator

_LONGEST = 500  # letters


def left_out_card(
    receipt: str, returns: list[LeftOutReturn], may_correct: bool, view: View, t: Translator
) -> Component:
    """A table for each older file, and the form that withdraws what it lists."""
    caption = t("submissions.left_out")
    parts: list[Component] = [html.H2(caption)]
    for older, group in groupby(returns, lambda left: left.older_receipt):
        parts.append(html.P(t("submissions.left_out_lede", file=older), className="lede"))
        columns = [Column("total", t("column.all"))]
        parts.append(return_table(caption, list(group), columns, lambda left: (left.total,), t))
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
