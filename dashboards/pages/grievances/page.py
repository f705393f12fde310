"""Grievances of an area: how many came, where they were resolved, how many wait. Counts only, never persons."""

from collections.abc import Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.components.choice import choice
from dashboards.components.table import data_table
from dashboards.components.table_data import Cell, Column, Table
from dashboards.pages.grievances.queries import Counted, GrievanceFacts, grievance_facts
from dashboards.queries.access import must_read
from dashboards.server.current_user import person
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Words


@page("/grievances", "/grievances/<code>", menu=40)
def grievances_page(view: View, country: Country, words: Words, code: str | None = None) -> Page:
    """The grievances of the area `code` (None: the reader's own) in the month chosen, or the newest."""
    code = code or person().area_code or country.root
    must_read(code)
    facts = grievance_facts(code, view.period)
    return Page(
        title=words("grievances.title"),
        body=body(facts, view, country, words),
        section="grievances",
        chosen={"period": facts.period},
    )


def body(facts: GrievanceFacts, view: View, country: Country, words: Words) -> list[Component]:
    name = words.name(facts.area.names, facts.area.code)
    crumbs: list[Component] = []
    for area in facts.above:
        crumbs += [
            dcc.Link(words.name(area.names, area.code), href=view.href(f"/grievances/{area.code}")),
            html.I("›"),
        ]
    parts: list[Component] = [
        html.Nav([*crumbs, html.B(name)], className="crumbs", **aria(label=words("crumbs.label"))),
    ]
    if facts.period is None:
        headline = html.H1(words("grievances.none", area=name), id="headline", tabIndex=-1)
        return [*parts, headline, _ways_down(facts, view, words)]
    pending = sum(line.pending for line in facts.by_layer)
    resolved = sum(line.resolved for line in facts.by_layer)
    slow = sum(line.pending_slow for line in facts.by_layer)
    options = [(period, words.period(period)) for period in reversed(facts.periods)]
    parts += [
        html.H1(
            words(
                "grievances.headline",
                area=name,
                period=words.period(facts.period),
                resolved=words.number(resolved),
                pending=words.number(pending),
            ),
            id="headline",
            tabIndex=-1,
        ),
        html.P([words("grievances.lede"), " ", words("grievances.twice")], className="lede"),
        html.Div(choice("period", options, facts.period, words("shell.period")), className="above-grid"),
    ]
    if country.grievances and slow:
        days = words.number(country.grievances.slow_days)
        parts.append(html.P(words("grievances.slow", n=slow, days=days), className="lede"))
    layers = {layer.id: words.name(layer.plurals) for layer in country.layers}
    terms = country.grievances
    categories = {term.id: words.name(term.names) for term in terms.categories} if terms else {}
    channels = {term.id: words.name(term.names) for term in terms.channels} if terms else {}
    order = [layer.id for layer in reversed(country.layers)]
    by_layer = sorted(facts.by_layer, key=lambda line: order.index(line.key or ""))
    by_category = sorted(facts.by_category, key=lambda line: -line.pending)
    cards = [
        _card("layers", by_layer, layers, words),
        _card("categories", by_category, categories, words),
    ]
    if any(line.key for line in facts.by_channel):
        cards.append(_card("channels", facts.by_channel, channels, words))
    if facts.by_area:
        names = {area.code: words.name(area.names, area.code) for area in facts.below}
        hrefs = {area.code: view.href(f"/grievances/{area.code}") for area in facts.below}
        cards.append(_card("areas", facts.by_area, names, words, hrefs=hrefs))
    return [*parts, html.Div(cards, className="stack")]


def _card(
    what: str,
    lines: Sequence[Counted],
    names: Mapping[str, str],
    words: Words,
    hrefs: Mapping[str, str] | None = None,
) -> Component:
    title = words(f"grievances.by.{what}")
    columns = [
        Column("key", title, "text"),
        Column("received", words("grievances.received")),
        Column("women", words("column.women")),
        Column("men", words("column.men")),
        Column("resolved", words("grievances.resolved")),
        Column("escalated", words("grievances.escalated")),
        Column("pending", words("grievances.pending")),
        Column("median", words("grievances.median"), "text"),
    ]
    rows: list[tuple[Cell, ...]] = [
        (
            names.get(line.key or "", line.key or words("grievances.not_told")),
            line.received,
            line.women,
            line.men,
            line.resolved,
            line.escalated,
            line.pending,
            _range(line, words),
        )
        for line in lines
    ]
    targets = [hrefs.get(line.key or "") for line in lines] if hrefs else []
    table = data_table(Table(title, columns, rows, targets), words)
    return html.Section([html.Header(html.H2(title)), table], className="card", id=f"by-{what}")


def _range(line: Counted, words: Words) -> str:
    """Medians of different areas are not averaged: the lowest and the highest are told."""
    if line.median_low is None:
        return "–"
    low, high = words.number(line.median_low), words.number(line.median_high)
    return low if low == high else f"{low}–{high}"


def _ways_down(facts: GrievanceFacts, view: View, words: Words) -> Component:
    links = [
        dcc.Link(words.name(area.names, area.code), href=view.href(f"/grievances/{area.code}"))
        for area in facts.below
    ]
    return html.Div(links, className="way-down")
