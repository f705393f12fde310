"""What can be done with a file that was sent: confirm its warnings, try it again, withdraw it."""

from dash import html
from dash.development.base_component import Component

from dashboards.components.form import form, text_area
from dashboards.models.submission import Submission
from dashboards.pages.submissions.models import OpenWarning
from dashboards.server.view import View
from sala.translation.translator import Translator

_LONGEST = 500  # letters


def confirmation(file: Submission, warnings: list[OpenWarning], view: View, t: Translator) -> Component:
    """The warnings that nobody has confirmed, a line each with a reason of its own; or all with one."""
    parts: list[Component] = [html.H2(t("submissions.unconfirmed", n=file.unconfirmed))]
    if file.state != "held":
        parts.append(html.P(t("submissions.unconfirmed_lede"), className="lede"))
    parts.append(html.P(t("submissions.warning_lines"), className="note"))
    lines = [_warning_line(place, warning, t) for place, warning in enumerate(warnings)]
    address = f"/submissions/{file.receipt}/confirm"
    parts.append(form(address, lines, t("submissions.confirm_lines"), view, {"which": "lines"}, look="lines"))
    if file.unconfirmed > len(warnings):
        parts.append(
            html.P(t("submissions.more_warnings", n=file.unconfirmed - len(warnings)), className="note")
        )
    if file.unconfirmed > 1:
        label = t("submissions.reason_for_all")
        reason = text_area("comment", label, rows=1, most=_LONGEST, of="all")
        parts.append(
            form(address, [reason], t("submissions.confirm_all"), view, {"which": "all"}, True, "inline")
        )
    return html.Section(parts, className="card", id="unconfirmed")


def _warning_line(place: int, warning: OpenWarning, t: Translator) -> Component:
    row = "–" if warning.row_number is None else t.number(warning.row_number)
    label = t("submissions.reason_of", row=row)
    field = f"reason-{warning.rule}-{'' if warning.row_number is None else warning.row_number}"
    reason = text_area(field, label, rows=1, most=_LONGEST, required=False, of=f"line-{place}")
    return html.Div([html.P(t.name(warning.message, warning.rule)), reason], className="thread")


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


def _address(file: Submission, action: str) -> str:
    return f"/submissions/{file.receipt}/{action}"
