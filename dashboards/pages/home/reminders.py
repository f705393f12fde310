"""The reminders that went out to the reader, as a list that opens."""

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.components.form import form
from dashboards.pages.home.queries import Reminder, reminders
from dashboards.server.registry import HOME
from dashboards.server.view import View
from sala.translation.translator import Translator

_URGENT = {"asked": "late", "before": "calm", "after": "soon", "escalated": "late"}


def reminders_card(name: str, country: Country, view: View, t: Translator) -> Component | None:
    """The unread first, and the button that marks them read; None where there never was one."""
    sent = reminders(name)
    if not sent:
        return None
    unread = [one for one in sent if one.read_at is None]
    parts: list[Component] = [
        html.Summary(t("home.reminders", n=len(sent))),
        html.Ul([_reminder(one, country, view, t) for one in sent], className="items"),
    ]
    if unread:
        parts.append(form(f"{HOME}/read", [], t("home.mark_read"), view))
    return html.Details(parts, className="card", id="reminders")


def _reminder(one: Reminder, country: Country, view: View, t: Translator) -> Component:
    what = t.name(one.scheme) if one.scheme else t(f"dataset.{one.dataset}")
    text = t(
        f"home.stage.{one.stage}",
        n=one.owing,
        what=what,
        period=t.period(one.period),
        area=t.name(one.area, one.area_code),
        due=t.date(one.due_on),
    )
    facts = [t.moment(one.made_at, country.timezone), t(f"home.mail.{one.mail}")]
    return html.Li(
        [
            html.I(className=f"mark {_URGENT[one.stage]}", **aria(hidden="true")),
            dcc.Link(text, href=view.href(f"/calendar/{one.area_code}", period=None)),
            html.Span(" · ".join(facts), className="where"),
        ]
    )
