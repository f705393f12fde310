"""What can be done with a file that was sent: confirm its warnings, try it again, withdraw it."""

from dash import html
from dash.development.base_component import Component

from dashboards.components.form import form, text_area
from dashboards.models.submission import Submission
from dashboards.pages.submissions.models import UnconfirmedRule
from dashboards.server.view import View
from sala.translation.translator import Translator

_LONGEST = 500  # letters


def confirmation(file: Submission, rules: list[UnconfirmedRule], view: View, t: Translator) -> Component:
    """The warnings that nobody has confirmed: each rule with a comment of its own, or all together."""
    parts: list[Component] = [
        html.H2(t("submissions.unconfirmed", n=file.unconfirmed)),
    ]
    if file.state != "held":
        parts.append(html.P(t("submissions.unconfirmed_lede"), className="lede"))
    for rule in rules:
        count = html.Strong(t("submissions.times", n=rule.count))
        parts.append(
            html.Div(
                [
                    html.P([count, " ", t.name(rule.message, rule.rule)]),
                    _confirm(file, rule.rule, t("submissions.confirm"), view, t),
                ],
                className="thread",
            )
        )
    if len(rules) > 1:
        parts.append(_confirm(file, "", t("submissions.confirm_all"), view, t))
    return html.Section(parts, className="card", id="unconfirmed")


def further(file: Submission, view: View, t: Translator) -> Component:
    """Trying again a file that was not wholly taken in, and withdrawing it."""
    parts: list[Component] = []
    if file.state in ("rejected", "unreadable", "failed") or file.rows_rejected:
        parts += [
            html.P(t("submissions.retry_lede")),
            form(_address(file, "retry"), [], t("submissions.retry"), view, look="inline"),
        ]
    because = text_area("because", t("submissions.because"), rows=1, most=_LONGEST, of="withdraw")
    parts += [
        html.P(t("submissions.withdraw_lede")),
        form(_address(file, "withdraw"), [because], t("submissions.withdraw"), view, look="inline"),
    ]
    return html.Details([html.Summary(t("submissions.further")), *parts], className="card")


def _confirm(file: Submission, rule: str, button: str, view: View, t: Translator) -> Component:
    comment = text_area(
        "comment", t("submissions.comment"), rows=1, most=_LONGEST, required=False, of=rule or "all"
    )
    return form(
        _address(file, "confirm"),
        [comment],
        button,
        view,
        {"rule": rule} if rule else {},
        strong=not rule,
        look="inline",
    )


def _address(file: Submission, action: str) -> str:
    return f"/submissions/{file.receipt}/{action}"
