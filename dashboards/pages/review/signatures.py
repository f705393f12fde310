"""Who has signed the figures shown, who has still to sign, and the button for whoever may."""

from dash import dcc, html
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
    button = form(
        form_address(review, "sign"), [_confirmation(t)], t("review.sign"), view, hidden, strong=True
    )
    return [_checklist(review, view, t), button, html.P(t("review.sign.note"), className="note")]


def _checklist(review: Review, view: View, t: Translator) -> Component:
    """What is still open on the page, each with the way to it."""
    answered = {remark.answers for remark in review.remarks}
    unsigned = [row for row in review.children if row.state not in ("endorsed", "none")]
    open_points = {
        "by-area": ("review.check.unsigned", len(unsigned)),
        "missing": ("review.check.missing", len(review.missing)),
        "remarks": (
            "review.check.remarks",
            sum(remark.answers is None and remark.id not in answered for remark in review.remarks),
        ),
        "findings": ("review.check.warnings", sum(warning.unconfirmed for warning in review.warnings)),
    }
    lines = [
        html.Li(
            [
                html.Span(className="mark soon" if n else "mark done"),
                html.A(t(key, n=n), href=f"#{place}") if n else html.Span(t(key, n=n)),
            ]
        )
        for place, (key, n) in open_points.items()
    ]
    return html.Ul([*lines, *_unconfirmed(review, view, t)], className="items checklist")


def _unconfirmed(review: Review, view: View, t: Translator) -> list[Component]:
    """The warnings that nobody has confirmed by name, rule by rule, each with the way to one of its files."""
    lines: list[Component] = [
        html.Li(
            [
                html.Span(),
                html.Span(
                    [
                        f"{t.number(warning.unconfirmed)} × {t.name(warning.message, warning.rule)} ",
                        dcc.Link(
                            warning.receipt,
                            href=view.href("/submissions", receipt=warning.receipt),
                            className="receipt",
                        ),
                    ]
                ),
            ],
            className="named",
        )
        for warning in review.warnings
        if warning.unconfirmed
    ]
    return lines[:_MOST_NAMES]


def _confirmation(t: Translator) -> Component:
    # a plain box, as in send_back; the browser sends nothing before it is ticked
    box = dcc.Input(type="checkbox", name="confirmed", value="yes", id="sign-confirmed", required=True)  # type: ignore[arg-type]
    return html.Label(
        [box, html.Span(t("review.check.confirm"))], htmlFor="sign-confirmed", className="boxed"
    )
