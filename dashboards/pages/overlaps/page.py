"""Schemes and overlaps: how many persons each scheme has, and how many are in several."""

from collections.abc import Mapping

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.breadcrumb import area_breadcrumb
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.models.area_profile import AreaProfile
from dashboards.models.figure import MEN, WOMEN
from dashboards.pages.overlaps.queries import Overlaps, overlaps
from dashboards.queries.access import must_read
from dashboards.queries.area_profile import area_profile
from dashboards.server.current_user import person
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator


@page("/overlaps", "/overlaps/<code>", menu=35, group="figures")
def overlaps_page(view: View, country: Country, t: Translator, code: str | None = None) -> Page:
    """Of the area `code` (None: the reader's own): schemes by size, how many schemes persons are in, and which two."""
    code = code or person().area_code or country.root
    must_read(code)
    profile = area_profile(code, view.period)
    period = profile.period.code if profile.period else None
    shown = overlaps(code, period)
    names = {scheme.id: t.name(scheme.names, scheme.id) for scheme in profile.reference.schemes}
    return Page(
        title=t("overlaps.title"),
        body=[
            area_breadcrumb(profile.above, profile.area, lambda step: view.href(f"/overlaps/{step}"), t),
            html.H1(_headline(profile, shown, t), id="headline", tabIndex=-1),
            html.P(t("overlaps.lede"), className="lede"),
            html.Div([_schemes(profile, names, t), *_overlaps(shown, names, t)], className="stack"),
            _ways_down(profile, view, t),
        ],
        section="overlaps",
        periods=profile.reference.period_codes,
        chosen={"period": period},
    )


def _headline(profile: AreaProfile, shown: Overlaps, t: Translator) -> str:
    area = t.name(profile.area.names, profile.area.code)
    listed, several = shown.numbers.get(1), shown.numbers.get(2, 0)
    if not listed:
        return t("overlaps.unknown", area=area)
    return t("overlaps.headline", area=area, several=t.number(several), listed=t.number(listed))


def _schemes(profile: AreaProfile, names: Mapping[str, str], t: Translator) -> Component:
    """A row a scheme, largest first: what its returns say, and who runs it."""
    columns = (
        Column("scheme", t("column.scheme"), "text"),
        Column("administrator", t("column.administrator"), "text"),
        Column("persons", t("column.persons")),
        Column("women", t("column.women")),
        Column("men", t("column.men")),
    )
    rows = [
        (
            names.get(line.scheme, line.scheme),
            t.name(scheme.administrator) if (scheme := profile.reference.scheme(line.scheme)) else None,
            line.total,
            line.by_sex.get(WOMEN),
            line.by_sex.get(MEN),
        )
        for line in sorted(profile.schemes, key=lambda line: (-(line.total or 0), line.scheme))
    ]
    return _card(t("schemes.title"), Table(t("schemes.title"), columns, rows), t, t("overlaps.counts"))


def _overlaps(shown: Overlaps, names: Mapping[str, str], t: Translator) -> list[Component]:
    if not shown.numbers:
        return []
    numbers = Table(
        t("overlaps.numbers"),
        (Column("at_least", t("overlaps.at_least"), "text"), Column("persons", t("column.persons"))),
        [(t("overlaps.schemes", n=n), persons) for n, persons in shown.numbers.items()],
    )
    columns = (
        Column("scheme", t("overlaps.scheme"), "text"),
        Column("other_scheme", t("overlaps.other"), "text"),
        Column("persons", t("column.persons")),
        Column("women", t("column.women")),
        Column("men", t("column.men")),
    )
    pairs = Table(
        t("overlaps.pairs"),
        columns,
        [
            (
                names.get(one.scheme, one.scheme),
                names.get(one.other_scheme, one.other_scheme),
                one.persons,
                one.women,
                one.men,
            )
            for one in shown.pairs
        ],
    )
    cards = [_card(t("overlaps.numbers"), numbers, t, t("overlaps.lists"))]
    return [*cards, _card(t("overlaps.pairs"), pairs, t, t("overlaps.twice"))] if shown.pairs else cards


def _card(title: str, table: Table, t: Translator, note: str) -> Component:
    return html.Section(
        [html.Header(html.H2(title)), html.P(note, className="note"), data_table(table, t)], className="card"
    )


def _ways_down(profile: AreaProfile, view: View, t: Translator) -> Component:
    links = [
        dcc.Link(t.name(area.names, area.code), href=view.href(f"/overlaps/{area.code}"))
        for area in profile.below
    ]
    return html.Div(links, className="way-down")
