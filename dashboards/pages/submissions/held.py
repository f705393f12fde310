"""What a held file would replace: before and after, and who sent what stands."""

from dash import html
from dash.development.base_component import Component

from dashboards.components.form import form
from dashboards.components.table_data import Cell, Column
from dashboards.models.submission import Submission
from dashboards.pages.submissions.models import HeldReturn
from dashboards.pages.submissions.return_table import return_table
from dashboards.server.view import View
from sala.translation.translator import Translator


def held_card(
    file: Submission, returns: list[HeldReturn], may_join: bool, view: View, t: Translator
) -> Component:
    """That nothing of the file counts yet, a return a row that it would replace, and one click that joins the two."""
    parts: list[Component] = [
        html.H2(t("submissions.held")),
        html.P(t("submissions.held_lede"), className="lede"),
    ]
    if returns:
        columns = (
            Column("sent_by", t("column.by"), "text"),
            Column("before", t("column.before")),
            Column("after", t("column.after")),
            Column("difference", t("column.difference")),
        )
        parts.append(return_table(t("submissions.held"), returns, columns, _cells, t))
    if returns and may_join and file.dataset == "scheme_returns":
        parts.append(
            form(f"/submissions/{file.receipt}/join", [], t("submissions.join"), view, look="inline")
        )
    return html.Section(parts, className="card", id="held")


def _cells(held: HeldReturn) -> tuple[Cell, ...]:
    before, after = int(held.before_total), int(held.after_total)
    return (held.sent_by, before, after, after - before)
