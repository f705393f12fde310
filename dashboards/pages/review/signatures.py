"""Who has signed the figures shown, who has still to sign, and the button for whoever may."""

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.form import form
from dashboards.pages.review.form_address import form_address
from dashboards.pages.review.models import Review, Signature
from dashboards.server.view import View
from sala.translation.translator import Translator

_MOST_NAMES = 5


def signatures(review: Review, view: View, country: Country, t: Translator) -> Component:
    """An office of the quorum a line, and what comes next."""
    title = html.H2(t("review.signatures"))
    if review.quorum is None:
        return html.Section([title, html.P(t("review.no_committee"), className="empty")], className="card")
    by_office = {signature.office: signature for signature in review.signatures}
    lines = [_office(office, by_office.get(office), country, t) for office in review.quorum or ("",)]
    return html.Section(
        [title, html.Ul(lines, className="items quorum"), *_next_step(review, view, t)],
        className="card",
        id="signatures",
    )


def _office(office: str, signature: Signature | None, country: Country, t: Translator) -> Component:
    role = next((role for role in country.roles if role.id == office), None)
    name = t.name(role.names, office) if role else t("review.anybody")
    signed = (
        t(
            "review.signed_by",
            who=signature.person or t("review.somebody"),
            at=t.moment(signature.at, country.timezone),
        )
        if signature
        else t("review.not_signed")
    )
    mark = html.Span(className="mark done" if signature else "mark")
    return html.Li([mark, html.Span([html.B(name), f" {signed}"])])


def _next_step(review: Review, view: View, t: Translator) -> list[Component]:
    """It is endorsed, or waits for areas below, or the reader may sign, or somebody else does."""
    if review.own.state == "endorsed":
        return [html.P(t("review.in_force"), className="note")]
    if unsigned := review.unsigned_children:
        names = ", ".join(t.name(row.area.names, row.area.code) for row in unsigned[:_MOST_NAMES])
        return [html.P(t("review.waits", n=len(unsigned), areas=names), className="note")]
    if "endorse" not in review.may:
        return [html.P(t("review.who_signs"), className="note")]
    hidden = {"seen": review.fingerprint, "period": review.period.code}
    button = form(form_address(review, "sign"), [], t("review.sign"), view, hidden, strong=True)
    return [button, html.P(t("review.sign.note"), className="note")]
