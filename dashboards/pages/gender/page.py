"""Women and men: who is covered less, by which scheme's guarantee, and where the gap is widest."""

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.components.breadcrumb import area_breadcrumb
from dashboards.components.choice import choice
from dashboards.components.coverage_bar import coverage_bar, scale, top_of_scale
from dashboards.components.format_figure import figure_text, gap_text, measured
from dashboards.models.area import Area
from dashboards.models.area_profile import AreaProfile
from dashboards.models.figure import MEN, TOTAL, WOMEN, Figure
from dashboards.models.reference import Indicator
from dashboards.queries.access import must_read
from dashboards.queries.area_profile import area_profile
from dashboards.server.current_user import person
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator

_SEXES = (TOTAL, WOMEN, MEN)


@page("/gender", "/gender/<code>", menu=25, group="figures")
def gender_page(view: View, country: Country, t: Translator, code: str | None = None) -> Page:
    """Of the area `code` (None: the reader's own): every indicator by sex, then the areas below, widest gap first."""
    code = code or person().area_code or country.root
    must_read(code)
    profile = area_profile(code, view.period)
    chosen = view.indicator if _known(profile, view.indicator) else profile.headline_indicator
    body: list[Component] = [
        area_breadcrumb(profile.above, profile.area, lambda step: view.href(f"/gender/{step}"), t),
        html.H1(_headline(profile, chosen, t), id="headline", tabIndex=-1),
        html.P(t("gender.lede"), className="lede"),
    ]
    if chosen:
        body.append(_indicators(profile, t))
        if profile.below:
            body.append(_places(profile, chosen, view, t))
    return Page(
        title=t("gender.title"),
        body=body,
        section="gender",
        periods=profile.reference.period_codes,
        chosen={"period": profile.period.code if profile.period else None, "indicator": chosen},
    )


def _known(profile: AreaProfile, indicator: str | None) -> bool:
    return indicator in [one.id for one in profile.indicators]


def _by_sex(profile: AreaProfile, indicator: str, area: str | None = None) -> list[Figure | None]:
    return [profile.figure(indicator, sex, area) for sex in _SEXES]


def _headline(profile: AreaProfile, indicator: str | None, t: Translator) -> str:
    """Who is ahead and by how much; where the bounds allow either, that it is not known."""
    name = t.name(profile.area.names, profile.area.code)
    _, women, men = _by_sex(profile, indicator) if indicator else (None, None, None)
    if not (women and men) or gap_text(women, men, t) == "–":
        return t("gender.unknown", area=name)
    return t(
        "gender.headline",
        area=name,
        women=figure_text(women, t),
        men=figure_text(men, t),
        ahead=gap_text(women, men, t),
    )


def _indicators(profile: AreaProfile, t: Translator) -> Component:
    """A row an indicator, on one scale."""
    shares = [one for one in profile.indicators if any(f and f.known for f in _by_sex(profile, one.id))]
    figures = {one.id: _by_sex(profile, one.id) for one in shares}
    top = top_of_scale([figure for three in figures.values() for figure in three])
    rows = [_row(_title(one, t), figures[one.id], top, t) for one in shares]
    return _card(t("gender.indicators"), t("column.indicator"), rows, top, t)


def _places(profile: AreaProfile, indicator: str, view: View, t: Translator) -> Component:
    """Every area below for one indicator, those first where women are furthest behind men."""
    figures = {area.code: _by_sex(profile, indicator, area.code) for area in profile.below}
    top = top_of_scale([figure for three in figures.values() for figure in three], least=0.02)
    order = sorted(profile.below, key=lambda area: _ahead(*figures[area.code][1:]))
    rows = [_row(_link(area, view, t), figures[area.code], top, t) for area in order]
    options = [(one.id, _title(one, t)) for one in profile.indicators]
    picker = choice("indicator", options, indicator, t("places.choose"))
    layer = profile.reference.layer(profile.area.depth + 1)
    title = t.name(layer.plurals) if layer else ""
    return _card(title, t("column.area"), rows, top, t, picker)


def _ahead(women: Figure | None, men: Figure | None) -> float:
    """By how much women are ahead at the least; what is not known comes last."""
    if not (women and men):
        return float("inf")
    low = women.value if women.value is not None else women.low
    high = men.value if men.value is not None else men.high
    return float("inf") if low is None or high is None else low - high


def _card(
    title: str, head: str, rows: list[Component], top: float, t: Translator, picker: Component | None = None
) -> Component:
    heads = [
        html.Th(head, scope="col"),
        html.Th(scale(top, t), scope="col"),
        html.Th(t("column.women"), scope="col", className="num"),
        html.Th(t("column.men"), scope="col", className="num"),
        html.Th(t("board.gap"), scope="col", className="num"),
    ]
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(rows)], className="scorecard women-men")
    return html.Section(
        [
            html.Header([html.H2(title), picker]),
            html.Div(table, className="wide-table", tabIndex=0, **aria(label=title)),
        ],
        className="card one",
    )


def _row(name: Component | str, figures: list[Figure | None], top: float, t: Translator) -> Component:
    total, women, men = figures
    return html.Tr(
        [
            html.Th(name, scope="row"),
            html.Td(coverage_bar(total, women, men, top, small=True)),
            html.Td(measured(women, "percent", t), className="num"),
            html.Td(measured(men, "percent", t), className="num"),
            html.Td(gap_text(women, men, t), className="num"),
        ]
    )


def _title(indicator: Indicator, t: Translator) -> str:
    return t.name(indicator.titles, indicator.id)


def _link(area: Area, view: View, t: Translator) -> Component:
    return dcc.Link(t.name(area.names, area.code), href=view.href(f"/gender/{area.code}"))
