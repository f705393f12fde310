"""The page of an area: the nation, a province, a village. The nation is an area like the others."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.components.choice import choice
from dashboards.models.figures import AreaFacts
from dashboards.pages.area.flash import flash_report, lists
from dashboards.pages.area.guarantees import guarantees
from dashboards.pages.area.headline import headline, headline_indicator
from dashboards.pages.area.queries import area_facts
from dashboards.pages.area.ranking import ranking
from dashboards.pages.area.reporting import reporting
from dashboards.pages.area.schemes import schemes
from dashboards.pages.area.tiles import tile_map
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator


@page("/", "/area/<code>", menu=10, name="coverage")
def area_page(view: View, country: Country, t: Translator, code: str | None = None) -> Page:
    """The page of the area `code`; None is the root."""
    facts = area_facts(code, view.period)
    today = dt.datetime.now(ZoneInfo(country.timezone)).date()
    return Page(
        title=t.name(facts.area.names, facts.area.code),
        body=body(facts, view, country, t, today),
        section="coverage",
        periods=facts.reference.periods,
        chosen={
            "period": facts.period.code if facts.period else None,
            "indicator": chosen_indicator(facts, view),
        },
    )


def body(facts: AreaFacts, view: View, country: Country, t: Translator, today: dt.date) -> list[Component]:
    """The page laid out: the sentence, the guarantees, the areas below, the chain's reports, the schemes."""
    parts = [_breadcrumb(facts, view, t), *headline(facts, view, t)]
    if facts.figures:
        parts.append(guarantees(facts, view, t))
    if facts.below and facts.figures:
        parts.append(_places(facts, view, country, t))
    elif facts.below:
        parts.append(_children(facts, view, t))
    files_flash = facts.flash or any(r.dataset == "flash_reports" for r in facts.reporting)
    if files_flash:
        parts.append(
            html.Div(
                [flash_report(facts, view, t), lists(facts, today, t), reporting(facts, view, t)],
                className="three",
            )
        )
        parts.append(schemes(facts, view, t))
    else:
        parts.append(
            html.Div([schemes(facts, view, t), reporting(facts, view, t)], className="two wide-first")
        )
    return parts


def _breadcrumb(facts: AreaFacts, view: View, t: Translator) -> Component:
    steps: list[Any] = []
    for area in facts.above:
        steps += [dcc.Link(t.name(area.names, area.code), href=view.area_href(area.code)), html.I("›")]
    here = facts.reference.layer(facts.area.depth)
    below = facts.reference.layer(facts.area.depth + 1)
    steps.append(html.B(t.name(facts.area.names, facts.area.code)))
    if below is not None and facts.below:
        layers = t.within(below.plurals)
        steps.append(html.Span(t("crumbs.all", n=len(facts.below), layers=layers)))
    elif here is not None:
        steps.append(html.Span(f"· {t.within(here.names)}"))
    return html.Nav(steps, className="crumbs", **aria(label=t("crumbs.label")))


def chosen_indicator(facts: AreaFacts, view: View) -> str | None:
    """What the map and the ranking show: what the reader chose, else what the sentence speaks of."""
    present = [indicator.id for indicator in facts.indicators]
    return view.indicator if view.indicator in present else headline_indicator(facts)


def _places(facts: AreaFacts, view: View, country: Country, t: Translator) -> Component:
    shown = chosen_indicator(facts, view)
    assert shown is not None  # there are figures, so there is an indicator
    options = [(i.id, t.name(i.titles, i.id)) for i in facts.indicators]
    picker = choice("indicator", options, shown, t("places.choose"))
    cards = [
        tile_map(facts, country.tiles, shown, view, t),
        ranking(facts, shown, view, t, picker),
    ]
    return html.Div(
        [card for card in cards if card is not None],
        className="one" if cards[0] is None else "two",
        id="places",
    )


def _children(facts: AreaFacts, view: View, t: Translator) -> Component:
    """Without any figure there is still a way down."""
    layer = facts.reference.layer(facts.area.depth + 1)
    links = [dcc.Link(t.name(area.names, area.code), href=view.area_href(area.code)) for area in facts.below]
    return html.Section(
        [
            html.H2(t.name(layer.plurals, layer.level) if layer else ""),
            html.Div(links, className="way-down"),
        ],
        className="card",
    )
