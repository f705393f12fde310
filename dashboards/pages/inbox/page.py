"""For me: what the reader is reminded of, and what their area has still to acknowledge."""

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.components.form import form
from dashboards.queries.inbox import Inbox, Reminder, inbox
from dashboards.server.current_user import account
from dashboards.server.forms import outcome
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator


@page("/inbox")
def inbox_page(view: View, country: Country, t: Translator) -> Page:
    """The inbox of whoever is signed in; a visitor has none, and is told so."""
    reader = account()
    if reader is None:
        body: list[Component] = [
            html.H1(t("inbox.title"), id="headline", tabIndex=-1),
            html.P(t("inbox.visitor"), className="lede"),
        ]
        return Page(title=t("inbox.title"), body=body, section="inbox")
    own = inbox()
    headline = t("inbox.headline", n=own.waiting) if own.waiting else t("inbox.nothing")
    parts: list[Component | None] = [
        html.H1(headline, id="headline", tabIndex=-1),
        html.P(t("inbox.lede"), className="lede"),
        *outcome(view, t, "inbox"),
        _to_acknowledge(own, reader.area_code, country, view, t),
        _reminders(own, country, view, t),
    ]
    return Page(title=t("inbox.title"), body=[part for part in parts if part is not None], section="inbox")


def _to_acknowledge(own: Inbox, code: str, country: Country, view: View, t: Translator) -> Component | None:
    if not own.notices and not own.grants:
        return None
    href = view.href(f"/notices/{code}", period=None)
    lines = [
        html.Li(
            [
                _mark("soon"),
                dcc.Link(t.name(notice.titles), href=f"{href}#notice-{notice.notice_id}"),
                html.Span(t("notices.from_day", day=t.date(notice.valid_from)), className="where"),
            ]
        )
        for notice in own.notices
    ]
    lines += [
        html.Li(
            [
                _mark("soon"),
                dcc.Link(
                    t(
                        "inbox.grant",
                        amount=t.number(grant.amount),
                        currency=country.currency,
                        scheme=t.name(grant.names, grant.scheme),
                    ),
                    href=f"{href}#grants",
                ),
                html.Span(t.period(grant.period), className="where"),
            ]
        )
        for grant in own.grants
    ]
    return html.Section(
        [html.H2(t("inbox.acknowledge")), html.Ul(lines, className="items")], className="card"
    )


def _reminders(own: Inbox, country: Country, view: View, t: Translator) -> Component:
    parts: list[Component] = [html.H2(t("inbox.reminders"))]
    if not own.reminders:
        parts.append(html.P(t("inbox.no_reminders"), className="empty"))
        return html.Section(parts, className="card one")
    unread = [reminder for reminder in own.reminders if reminder.read_at is None]
    read = [reminder for reminder in own.reminders if reminder.read_at is not None]
    if unread:
        parts += [
            html.Ul([_reminder(one, country, view, t) for one in unread], className="items"),
            form("/inbox/read", [], t("inbox.mark_read"), view),
        ]
    else:
        parts.append(html.P(t("inbox.all_read"), className="empty"))
    if read:
        parts.append(
            html.Details(
                [
                    html.Summary(t("inbox.earlier", n=len(read))),
                    html.Ul([_reminder(one, country, view, t) for one in read], className="items"),
                ]
            )
        )
    return html.Section(parts, className="card one", id="reminders")


def _reminder(one: Reminder, country: Country, view: View, t: Translator) -> Component:
    what = t.name(one.scheme) if one.scheme else t(f"dataset.{one.dataset}")
    text = t(
        f"inbox.stage.{one.stage}",
        n=one.owing,
        what=what,
        period=t.period(one.period),
        area=t.name(one.area, one.area_code),
        due=t.date(one.due_on),
    )
    facts = [t.moment(one.made_at, country.timezone), t(f"inbox.mail.{one.mail}")]
    urgent = {"before": "calm", "after": "soon", "escalated": "late"}[one.stage]
    return html.Li(
        [
            _mark(urgent),
            dcc.Link(text, href=view.href(f"/calendar/{one.area_code}", period=None)),
            html.Span(" · ".join(facts), className="where"),
        ]
    )


def _mark(urgent: str) -> Component:
    return html.I(className=f"mark {urgent}", **aria(hidden="true"))
