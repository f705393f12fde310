"""Grievances of an area: how many came, where they were resolved, how many wait. Counts only, never persons."""

from collections.abc import Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.breadcrumb import area_breadcrumb
from dashboards.components.choice import choice
from dashboards.components.table import data_table
from dashboards.components.table_data import Cell, Column, Table
from dashboards.pages.grievances.chart import months_chart
from dashboards.pages.grievances.models import GrievanceCounts, Grievances
from dashboards.pages.grievances.queries import grievances
from dashboards.queries.access import must_read
from dashboards.server.current_user import person
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator


@page("/grievances", "/grievances/<code>", menu=40, group="figures")
def grievances_page(view: View, country: Country, t: Translator, code: str | None = None) -> Page:
    """The grievances of the area `code` (None: the reader's own) in the month chosen, or the newest."""
    code = code or person().area_code or country.root
    must_read(code)
    shown = grievances(code, view.period)
    return Page(
        title=t("grievances.title"),
        body=body(shown, view, country, t),
        section="grievances",
        chosen={"period": shown.period},
    )


def body(shown: Grievances, view: View, country: Country, t: Translator) -> list[Component]:
    """How many were resolved and wait, then the counts by layer, category, channel and area."""
    name = t.name(shown.area.names, shown.area.code)
    parts: list[Component] = [
        area_breadcrumb(shown.above, shown.area, lambda code: view.href(f"/grievances/{code}"), t)
    ]
    if shown.period is None:
        headline = html.H1(t("grievances.none", area=name), id="headline", tabIndex=-1)
        return [*parts, headline, _ways_down(shown, view, t)]
    pending = sum(line.pending for line in shown.by_layer)
    resolved = sum(line.resolved for line in shown.by_layer)
    slow = sum(line.pending_slow for line in shown.by_layer)
    options = [(period, t.period(period)) for period in reversed(shown.periods)]
    parts += [
        html.H1(
            t(
                "grievances.headline",
                area=name,
                period=t.period(shown.period),
                resolved=t.number(resolved),
                pending=t.number(pending),
            ),
            id="headline",
            tabIndex=-1,
        ),
        html.P([t("grievances.lede"), " ", t("grievances.twice")], className="lede"),
        html.Div(choice("period", options, shown.period, t("shell.period")), className="above-grid"),
    ]
    if country.grievances and slow:
        days = t.number(country.grievances.slow_days)
        parts.append(html.P(t("grievances.slow", n=slow, days=days), className="lede"))
    layers = {layer.id: t.name(layer.plurals) for layer in country.layers}
    terms = country.grievances
    categories = {term.id: t.name(term.names) for term in terms.categories} if terms else {}
    channels = {term.id: t.name(term.names) for term in terms.channels} if terms else {}
    order = [layer.id for layer in reversed(country.layers)]
    by_layer = sorted(shown.by_layer, key=lambda line: order.index(line.key or ""))
    by_category = sorted(shown.by_category, key=lambda line: -line.pending)
    cards = [
        months_chart(shown.months, t),
        _card("layers", by_layer, layers, t),
        _card("categories", by_category, categories, t),
    ]
    if any(line.key for line in shown.by_channel):
        cards.append(_card("channels", shown.by_channel, channels, t))
    if shown.by_area:
        names = {area.code: t.name(area.names, area.code) for area in shown.below}
        hrefs = {area.code: view.href(f"/grievances/{area.code}") for area in shown.below}
        cards.append(_card("areas", shown.by_area, names, t, hrefs=hrefs))
    return [*parts, html.Div(cards, className="stack")]


def _card(
    what: str,
    lines: Sequence[GrievanceCounts],
    names: Mapping[str, str],
    t: Translator,
    hrefs: Mapping[str, str] | None = None,
) -> Component:
    title = t(f"grievances.by.{what}")
    columns = [
        Column("key", title, "text"),
        Column("received", t("grievances.received")),
        Column("women", t("column.women")),
        Column("men", t("column.men")),
        Column("resolved", t("grievances.resolved")),
        Column("escalated", t("grievances.escalated")),
        Column("pending", t("grievances.pending")),
        Column("median", t("grievances.median"), "text"),
    ]
    rows: list[tuple[Cell, ...]] = [
        (
            names.get(line.key or "", line.key or t("grievances.not_told")),
            line.received,
            line.women,
            line.men,
            line.resolved,
            line.escalated,
            line.pending,
            _range(line, t),
        )
        for line in lines
    ]
    targets = [hrefs.get(line.key or "") for line in lines] if hrefs else []
    table = data_table(Table(title, columns, rows, targets), t)
    return html.Section([html.Header(html.H2(title)), table], className="card", id=f"by-{what}")


def _range(line: GrievanceCounts, t: Translator) -> str:
    """Medians of different areas are not averaged: the lowest and the highest are shown."""
    if line.median_low is None:
        return "–"
    low, high = t.number(line.median_low), t.number(line.median_high)
    return low if low == high else f"{low}–{high}"


def _ways_down(shown: Grievances, view: View, t: Translator) -> Component:
    links = [
        dcc.Link(t.name(area.names, area.code), href=view.href(f"/grievances/{area.code}"))
        for area in shown.below
    ]
    return html.Div(links, className="way-down")
