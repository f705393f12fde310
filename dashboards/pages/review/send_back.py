"""The form that returns areas right below to their committees, with a reason."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.form import form, text_area
from dashboards.pages.review.form_address import form_address
from dashboards.pages.review.models import Review, ReviewedArea
from dashboards.server.view import View
from sala.translation.translator import Translator


def send_back(review: Review, view: View, t: Translator) -> Component | None:
    """None where the reader may not, or nothing can be sent back."""
    rows = [row for row in review.children if row.state not in ("none", "returned")]
    if "return" not in review.may or not rows:
        return None
    fields: list[Component] = [
        html.Fieldset(
            [
                html.Legend(t("review.back.which")),
                html.Div([_box(row, t) for row in rows], className="boxes"),
            ]
        ),
        text_area("reason", t("review.back.reason"), most=2000),
    ]
    return html.Section(
        [
            html.H2(t("review.back")),
            html.P(t("review.back.note"), className="note"),
            form(
                form_address(review, "return"),
                fields,
                t("review.back.do"),
                view,
                {"period": review.period.code},
            ),
        ],
        className="card one",
        id="send-back",
    )


def _box(row: ReviewedArea, t: Translator) -> Component:
    place = f"back-{row.area.code}"
    # a plain box: Dash's own exist only inside its lists, and this type is one that it passes on
    box = dcc.Input(type="checkbox", name="child", value=row.area.code, id=place)  # type: ignore[arg-type]
    return html.Label([box, html.Span(t.name(row.area.names, row.area.code))], htmlFor=place)
