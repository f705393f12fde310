"""The calendar of an area: what is due and when, what became of it, and how well those below keep to it."""

import datetime as dt
from urllib.parse import quote
from zoneinfo import ZoneInfo

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.breadcrumb import area_breadcrumb
from dashboards.components.choice import choice
from dashboards.components.doubt_sentence import doubt_sentence
from dashboards.pages.calendar.due_days import due_days
from dashboards.pages.calendar.dwell_times import dwell_times
from dashboards.pages.calendar.late_below import late_below
from dashboards.pages.calendar.management_index import management_index
from dashboards.pages.calendar.models import ReportingCalendar
from dashboards.pages.calendar.outcomes import outcomes
from dashboards.pages.calendar.outcomes_below import outcomes_below
from dashboards.pages.calendar.outstanding_reports import outstanding_reports
from dashboards.pages.calendar.queries import reporting_calendar
from dashboards.pages.calendar.service_levels import service_levels
from dashboards.queries.access import must_read
from dashboards.server.current_user import person
from dashboards.server.forms import outcome
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator


@page("/calendar", "/calendar/<code>", menu=30, group="reporting")
def calendar_page(view: View, country: Country, t: Translator, code: str | None = None) -> Page:
    """The calendar of the area `code`; None is the reader's own."""
    code = code or person().area_code or country.root
    must_read(code)
    today = dt.datetime.now(ZoneInfo(country.timezone)).date()
    calendar = reporting_calendar(code, view.period, today)
    return Page(
        title=t("calendar.title"),
        body=body(calendar, view, country, t),
        section="calendar",
        chosen={"period": calendar.period},
    )


def body(calendar: ReportingCalendar, view: View, country: Country, t: Translator) -> list[Component]:
    """What is due and what became of it; for a period the index, the areas below, service levels, dwell times."""
    name = t.name(calendar.area.names, calendar.area.code)
    missing = sum(row["missing"] for row in calendar.outcomes)
    parts: list[Component | None] = [
        area_breadcrumb(calendar.above, calendar.area, lambda code: _address(code, view), t),
        html.H1(
            t("calendar.headline", n=int(missing), area=name)
            if missing
            else t("calendar.nothing_missing", area=name),
            id="headline",
            tabIndex=-1,
        ),
        html.P(_rules(country, t), className="lede"),
        *doubt_sentence(calendar.doubt, t),
        *outcome(view, t, "calendar"),
        late_below(calendar.area.code, country, view, t) if _is_own(calendar) else None,
        outstanding_reports(calendar, country, t),
        due_days(calendar, country, t),
        outcomes(calendar, country, t),
    ]
    if calendar.period:
        options = [(period, t.period(period)) for period in reversed(calendar.periods)]
        parts += [
            html.Div(
                choice("period", options, calendar.period, t("shell.period")), className="above-grid one"
            ),
            management_index(calendar, country, view, t),
            outcomes_below(calendar, view, t),
            service_levels(calendar, country, view, t),
            dwell_times(calendar, country, view, t),
        ]
    parts.append(_ways_down(calendar, view, t))
    return [part for part in parts if part is not None]


def _is_own(calendar: ReportingCalendar) -> bool:
    """Whether it is the calendar of the reader's own area: what is late is told to whoever follows it up."""
    return person().person_id is not None and person().area_code == calendar.area.code


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


def _ways_down(calendar: ReportingCalendar, view: View, t: Translator) -> Component | None:
    if not calendar.below or calendar.children:  # the table of the areas below leads down already
        return None
    links = [
        dcc.Link(t.name(area.names, area.code), href=_address(area.code, view)) for area in calendar.below
    ]
    return html.Div(links, className="way-down")


def _address(code: str, view: View) -> str:
    return view.href(f"/calendar/{quote(code, safe='')}")
