"""Where women and men stand: every area below as a row that leads to its page."""

from collections.abc import Mapping
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.chart_frame import chart_frame
from dashboards.components.coverage_bar import INCOMPLETE, coverage_bar, length, scale, top_of_scale
from dashboards.components.format_figure import figure_text, says_nothing
from dashboards.models.area import Area
from dashboards.models.area_profile import AreaProfile
from dashboards.models.figure import MEN, TOTAL, WOMEN, Figure
from dashboards.server.view import View
from sala.translation.translator import Translator

_MOST_ROWS, _FIRST, _LAST = 40, 20, 10
Figures = Mapping[tuple[str, str], Figure | None]


def ranking(profile: AreaProfile, indicator: str, view: View, t: Translator, choice: Component) -> Component:
    """Women and men on what the figure could be, and what was reported; persons where no share is known."""
    order = profile.ranked(indicator)
    figures = {
        (a.code, sex): profile.figure(indicator, sex, a.code) for a in order for sex in (TOTAL, WOMEN, MEN)
    }
    shares = any(f is not None and f.known for f in figures.values())
    sexes = shares and any(figures[a.code, WOMEN] is not None for a in order)
    if shares:
        top = top_of_scale(list(figures.values()))
        drawn = [_shares(area, figures, top, t) for area in order]
        axis = scale(top, t)
    else:
        most = max((f.count or 0 for f in figures.values() if f is not None), default=0)
        drawn = [_counts(figures[area.code, TOTAL], most, t) for area in order]
        axis = None
    rows = [_row(area, cells, figures, view, t) for area, cells in zip(order, drawn, strict=True)]
    return chart_frame(
        t("places.title" if sexes else "places.title_no_sexes"),
        [
            html.Div(_folded(rows, t), className="ranking" if shares else "ranking counts"),
            html.Div([html.Span(), axis, html.Span()], className="axis") if axis is not None else html.Span(),
        ],
        t,
        id="ranking",
        tag=choice,
        note=_legend(sexes, shares, any(_is_incomplete(f) for f in figures.values()), t),
        download=view.download_href("areas", profile.area.code, indicator=indicator),
    )


def _is_incomplete(figure: Figure | None) -> bool:
    return figure is not None and figure.completeness is not None and figure.completeness < INCOMPLETE


def _legend(sexes: bool, shares: bool, incomplete: bool, t: Translator) -> list[Any]:
    if not shares:
        return [t("places.counts")]
    women, men = html.I(className="key women"), html.I(className="key men")
    keys = [women, t("places.women"), " ", men, t("places.men"), " "] if sexes else []
    return [
        *keys,
        html.I(className="key band"),
        t("places.band"),
        *([" ", t("places.band_hatched")] if incomplete else []),
    ]


def _folded(rows: list[Component], t: Translator) -> list[Component]:
    """The middle of a long list folds away; the first and the last are what is looked for."""
    if len(rows) <= _MOST_ROWS:
        return rows
    between = rows[_FIRST:-_LAST]
    more = html.Details([html.Summary(t("places.more", n=len(between))), *between], className="between")
    return [*rows[:_FIRST], more, *rows[-_LAST:]]


def _shares(area: Area, figures: Figures, top: float, t: Translator) -> tuple[Component, str]:
    total, women, men = (figures[area.code, sex] for sex in (TOTAL, WOMEN, MEN))
    if says_nothing(total):
        return html.Div(t("figure.unknown"), className="lanes small none"), ""
    return coverage_bar(total, women, men, top, small=True), figure_text(total, t)


def _counts(total: Figure | None, most: float, t: Translator) -> tuple[Component, str]:
    count = total.count if total is not None else None
    if count is None:
        return html.Div(t("figure.unknown"), className="lanes small none"), ""
    return length(count / most if most else 0), t.number(count)


def _row(area: Area, cells: tuple[Component, str], figures: Figures, view: View, t: Translator) -> Component:
    total = figures[area.code, TOTAL]
    reported = total.completeness if total else None
    reporting = t("places.silent") if reported is None else t("places.reported", share=t.percent(reported))
    bar, value = cells
    return dcc.Link(
        [
            html.Span(t.name(area.names, area.code), className="name"),
            bar,
            html.Span(value, className="value"),
            html.Span(reporting, className="reported" if (reported or 0) >= INCOMPLETE else "reported low"),
        ],
        href=view.area_href(area.code),
        className="place",
    )
