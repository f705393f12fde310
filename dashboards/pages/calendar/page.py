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
from sala.translation.translator import Words


@page("/calendar", "/calendar/<code>", menu=70)
def calendar_page(view: View, country: Country, words: Words, code: str | None = None) -> Page:
    """The calendar of the area `code`; None is the reader's own."""
    code = code or person().area_code or country.root
    must_read(code)
    today = dt.datetime.now(ZoneInfo(country.timezone)).date()
    facts = calendar_facts(code, view.period, today)
    return Page(
        title=words("calendar.title"),
        body=body(facts, view, country, words),
        section="calendar",
        chosen={"period": facts.period},
    )


def body(facts: CalendarFacts, view: View, country: Country, words: Words) -> list[Component]:
    name = words.name(facts.area.names, facts.area.code)
    missing = sum(row["missing"] for row in facts.fates)
    parts: list[Component | None] = [
        _crumbs(facts, view, words),
        html.H1(
            words("calendar.headline", n=int(missing), area=name)
            if missing
            else words("calendar.nothing_missing", area=name),
            id="headline",
            tabIndex=-1,
        ),
        html.P(_rules(country, words), className="lede"),
        owed(facts, country, words),
        due(facts, country, words),
        fates(facts, country, words),
    ]
    if facts.period:
        options = [(period, words.period(period)) for period in reversed(facts.periods)]
        parts += [
            html.Div(
                choice("period", options, facts.period, words("shell.period")), className="above-grid one"
            ),
            index(facts, country, view, words),
            below(facts, view, words),
            service(facts, country, view, words),
            dwell(facts, country, view, words),
        ]
    parts.append(_ways_down(facts, view, words))
    return [part for part in parts if part is not None]


def _rules(country: Country, words: Words) -> str:
    when = country.calendar.reminders
    grace = country.calendar.grace_days
    return words(
        "calendar.lede",
        returns=words.number(grace.get("scheme_returns", 0)),
        sheets=words.number(grace.get("flash_reports", 0)),
        before=words.number(when.before_days),
        after=words.number(when.after_days),
        escalate=words.number(when.escalate_days),
    )


def _crumbs(facts: CalendarFacts, view: View, words: Words) -> Component:
    crumbs: list[Component] = []
    for area in facts.above:
        href = view.href(f"/calendar/{quote(area.code, safe='')}")
        crumbs += [dcc.Link(words.name(area.names, area.code), href=href), html.I("›")]
    return html.Nav(
        [*crumbs, html.B(words.name(facts.area.names, facts.area.code))],
        className="crumbs",
        **aria(label=words("crumbs.label")),
    )


def _ways_down(facts: CalendarFacts, view: View, words: Words) -> Component | None:
    if not facts.below or facts.children:  # the table of the areas below leads down already
        return None
    links = [
        dcc.Link(words.name(area.names, area.code), href=view.href(f"/calendar/{quote(area.code, safe='')}"))
        for area in facts.below
    ]
    return html.Div(links, className="way-down")
