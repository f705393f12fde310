"""The form that grants money to an area."""

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.form import form, line, select
from dashboards.pages.notices.models import NoticeBoard
from dashboards.server.current_user import person
from dashboards.server.view import View
from sala.translation.translator import Translator


def allocate_form(board: NoticeBoard, country: Country, view: View, t: Translator) -> Component:
    """For those who grant: to an area right below this one, or to this one where it is not their own."""
    own = person().area_code == board.area.code
    granted = board.below if own else (*board.below, board.area)
    areas = [(area.code, t.name(area.names, area.code)) for area in granted]
    fields: list[Component] = [
        select("to", t("column.area"), areas),
        select("scheme", t("column.scheme"), [(s.id, t.name(s.names)) for s in country.schemes]),
        line("period", t("grants.period")),
        line("amount", t("grants.amount_in", currency=country.currency)),
    ]
    return html.Section(
        html.Details(
            [
                html.Summary(t("grants.allocate")),
                html.P(t("grants.allocate.note"), className="note"),
                form(
                    f"/notices/{board.area.code}/allocate",
                    fields,
                    t("grants.allocate.do"),
                    view,
                    strong=True,
                ),
            ]
        ),
        className="card one publish",
        id="allocate",
    )
