"""The calendar of an area: what is due and when, what became of it, and how well those below keep to it."""

import datetime as dt
from urllib.parse import quote
from zoneinfo import ZoneInfo

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.components.choice import choice
from dashboards.pages.calendar.due import due, fates, owed
from dashboards.pages.calendar.management import below, dwell, index, service
from dashboards.pages.calendar.queries import CalendarFacts, calendar_facts
from dashboards.queries.access import must_read
from dashboards.server.current_user import person
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator


@page("/calendar", "/calendar/<code>", menu=70)
def calendar_page(view: View, country: Country, t: Translator, code: str | None = None) -> Page:
    """The calendar of the area `code`; None is the reader's own."""
    code = code or person().area_code or country.root
    must_read(code)
    today = dt.datetime.now(ZoneInfo(country.timezone)).date()
    facts = calendar_facts(code, view.period, today)
    return Page(
        title=t("calendar.title"),
        body=body(facts, view, country, t),
        section="calendar",
        chosen={"period": facts.period},
    )


def body(facts: CalendarFacts, view: View, country: Country, t: Translator) -> list[Component]:
    name = t.name(facts.area.names, facts.area.code)
    missing = sum(row["missing"] for row in facts.fates)
    parts: list[Component | None] = [
        _crumbs(facts, view, t),
        html.H1(
            t("calendar.headline", n=int(missing), area=name)
            if missing
            else t("calendar.nothing_missing", area=name),
            id="headline",
            tabIndex=-1,
        ),
        html.P(_rules(country, t), className="lede"),
        owed(facts, country, t),
        due(facts, country, t),
        fates(facts, country, t),
    ]
    if facts.period:
        options = [(period, t.period(period)) for period in reversed(facts.periods)]
        parts += [
            html.Div(choice("period", options, facts.period, t("shell.period")), className="above-grid one"),
            index(facts, country, view, t),
            below(facts, view, t),
            service(facts, country, view, t),
            dwell(facts, country, view, t),
        ]
    parts.append(_ways_down(facts, view, t))
    return [part for part in parts if part is not None]


def _rules(country: Country, t: Translator) -> str:
    when = country.calendar.reminders
    grace = country.calendar.grace_days
    return t(
        "calendar.lede",
        returns=t.number(grace.get("scheme_returns", 0)),
        sheets=t.number(grace.get("flash_reports", 0)),
        before=t.number(when.before_days),
        after=t.number(when.after_days),
        escalate=t.number(when.escalate_days),
    )


def _crumbs(facts: CalendarFacts, view: View, t: Translator) -> Component:
    crumbs: list[Component] = []
    for area in facts.above:
        href = view.href(f"/calendar/{quote(area.code, safe='')}")
        crumbs += [dcc.Link(t.name(area.names, area.code), href=href), html.I("›")]
    return html.Nav(
        [*crumbs, html.B(t.name(facts.area.names, facts.area.code))],
        className="crumbs",
        **aria(label=t("crumbs.label")),
    )


def _ways_down(facts: CalendarFacts, view: View, t: Translator) -> Component | None:
    if not facts.below or facts.children:  # the table of the areas below leads down already
        return None
    links = [
        dcc.Link(t.name(area.names, area.code), href=view.href(f"/calendar/{quote(area.code, safe='')}"))
        for area in facts.below
    ]
    return html.Div(links, className="way-down")
