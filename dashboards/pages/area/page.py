"""The page of an area: the nation, a province, a village. The nation is an area like the others."""

import datetime as dt
from urllib.parse import quote
from zoneinfo import ZoneInfo

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.breadcrumb import area_breadcrumb
from dashboards.components.choice import choice
from dashboards.components.published_totals import published_totals
from dashboards.models.area_profile import AreaProfile
from dashboards.pages.area.flash_report import flash_report
from dashboards.pages.area.further_figures import further_figures
from dashboards.pages.area.guarantees import guarantees
from dashboards.pages.area.headline import headline
from dashboards.pages.area.item_lists import item_lists
from dashboards.pages.area.ranking import ranking
from dashboards.pages.area.reporting import reporting
from dashboards.pages.area.schemes import schemes
from dashboards.pages.area.tile_map import tile_map
from dashboards.queries.area_profile import area_profile
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator


@page("/figures", "/", "/area/<code>", menu=10, group="figures", name="coverage")
def area_page(view: View, country: Country, t: Translator, code: str | None = None) -> Page:
    """The page of the area `code`; None is the root."""
    profile = area_profile(code, view.period)
    today = dt.datetime.now(ZoneInfo(country.timezone)).date()
    return Page(
        title=t.name(profile.area.names, profile.area.code),
        body=body(profile, view, country, t, today),
        section="coverage",
        periods=profile.reference.period_codes,
        chosen={
            "period": profile.period.code if profile.period else None,
            "indicator": chosen_indicator(profile, view),
        },
    )


def body(
    profile: AreaProfile, view: View, country: Country, t: Translator, today: dt.date
) -> list[Component]:
    """The page laid out: the sentence, the guarantees, the areas below, the chain's reports, the schemes."""
    parts = [_breadcrumb(profile, view, t), *headline(profile, view, t)]
    if profile.figures:
        parts.append(guarantees(profile, view, t))
    if profile.below and profile.figures:
        parts.append(_places(profile, view, country, t))
    elif profile.below:
        parts.append(_children(profile, view, t))
    files_flash = profile.flash or any(r.dataset == "flash_reports" for r in profile.reporting)
    if files_flash:
        parts.append(
            html.Div(
                [flash_report(profile, view, t), item_lists(profile, today, t), reporting(profile, view, t)],
                className="three",
            )
        )
        parts.append(schemes(profile, view, t))
    else:
        parts.append(
            html.Div([schemes(profile, view, t), reporting(profile, view, t)], className="two wide-first")
        )
    if (published := published_totals(profile.published, profile.reference, t)) is not None:
        parts.append(published)
    if (further := further_figures(profile, view, t)) is not None:
        parts.append(further)
    if profile.area.depth and profile.period:
        page = f"/area/{quote(profile.area.code, safe='')}/page.pdf"
        href = view.href(page, lang=view.language, period=profile.period.code, indicator=None, level=None)
        parts.append(html.P(html.A(t("area_sheet.open"), href=href, className="action")))
    return parts


def _breadcrumb(profile: AreaProfile, view: View, t: Translator) -> Component:
    own = profile.reference.layer(profile.area.depth)
    below = profile.reference.layer(profile.area.depth + 1)
    note = f"· {t.within(own.names)}" if own else ""
    if below is not None and profile.below:
        note = t("crumbs.all", n=len(profile.below), layers=t.within(below.plurals))
    return area_breadcrumb(profile.above, profile.area, view.area_href, t, note)


def chosen_indicator(profile: AreaProfile, view: View) -> str | None:
    """What the map and the ranking show: what the reader chose, else what the sentence speaks of."""
    present = [indicator.id for indicator in profile.indicators]
    return view.indicator if view.indicator in present else profile.headline_indicator


def _places(profile: AreaProfile, view: View, country: Country, t: Translator) -> Component:
    shown = chosen_indicator(profile, view)
    assert shown is not None  # there are figures, so there is an indicator
    options = [(i.id, t.name(i.titles, i.id)) for i in profile.indicators]
    picker = choice("indicator", options, shown, t("places.choose"))
    cards = [
        tile_map(profile, country.tiles, shown, view, t),
        ranking(profile, shown, view, t, picker),
    ]
    return html.Div(
        [card for card in cards if card is not None],
        className="one" if cards[0] is None else "two",
        id="places",
    )


def _children(profile: AreaProfile, view: View, t: Translator) -> Component:
    """Without any figure there is still a way down."""
    layer = profile.reference.layer(profile.area.depth + 1)
    links = [
        dcc.Link(t.name(area.names, area.code), href=view.area_href(area.code)) for area in profile.below
    ]
    return html.Section(
        [
            html.H2(t.name(layer.plurals, layer.level) if layer else ""),
            html.Div(links, className="way-down"),
        ],
        className="card",
    )
