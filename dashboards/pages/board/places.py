"""Where it is worst and where it is unsure: every area below by its colours, and whom to call."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.aria import aria
from dashboards.components.coverage_bar import coverage_bar, scale, top_of_scale
from dashboards.components.format_figure import figure_text, gap_text
from dashboards.models.area import Area
from dashboards.models.area_profile import AreaProfile
from dashboards.models.board import Board, Colour
from dashboards.models.figure import MEN, TOTAL, WOMEN
from dashboards.server.view import View
from sala.translation.translator import Translator

_WORST = ("red", "unsure", "amber")


def places(profile: AreaProfile, indicator: str, board: Board, view: View, t: Translator) -> list[Component]:
    """Every area below, the worst first, on a scale that fits them; the gap between women and men; the colours."""
    colours = {(colour.indicator, colour.area_code): colour for colour in board.scorecard}
    measures = list(dict.fromkeys(colour.indicator for colour in board.scorecard))
    lowest_first = profile.ranked(indicator)[::-1]
    order = sorted(lowest_first, key=lambda area: _badness(area, board))
    sexes = (TOTAL, WOMEN, MEN)
    figures = {(area.code, sex): profile.figure(indicator, sex, area.code) for area in order for sex in sexes}
    top = top_of_scale(list(figures.values()), least=0.02)
    heads = [
        html.Th(t("column.area"), scope="col"),
        html.Th(scale(top, t), scope="col"),
        html.Th(t("column.all"), scope="col", className="num"),
        html.Th(t("board.gap"), scope="col", className="num"),
        *(html.Th(_title(profile, measure, t), scope="col") for measure in measures),
    ]
    body = []
    for area in order:
        total, women, men = (figures[area.code, sex] for sex in sexes)
        gap = gap_text(women, men, t)
        body.append(
            html.Tr(
                [
                    html.Th(
                        dcc.Link(t.name(area.names, area.code), href=view.area_href(area.code)), scope="row"
                    ),
                    html.Td(coverage_bar(total, women, men, top, small=True)),
                    html.Td(figure_text(total, t) if total else "–", className="num"),
                    html.Td(gap, className="num"),
                    *(html.Td(_colour(colours.get((measure, area.code)), t)) for measure in measures),
                ]
            )
        )
    table = html.Table([html.Thead(html.Tr(heads)), html.Tbody(body)], className="scorecard")
    return [
        html.Div(table, className="wide-table", tabIndex=0, **aria(label=t("board.where"))),
        html.P(t("board.colours"), className="note"),
        html.H3(t("board.calls")),
        calls(profile, board, view, t),
    ]


def _badness(area: Area, board: Board) -> tuple[int, ...]:
    """The most red first, then the most unsure, then the most amber."""
    states = [colour.state for colour in board.scorecard if colour.area_code == area.code]
    return tuple(-states.count(state) for state in _WORST)


def _title(profile: AreaProfile, measure: str, t: Translator) -> str:
    indicator = profile.reference.indicator(measure)
    return t.name(indicator.titles if indicator else {}, measure)


def _colour(colour: Colour | None, t: Translator) -> Component | str:
    """A colour is never said by colour alone."""
    if colour is None:
        return "–"
    return html.Span(
        [html.I(className=f"light {colour.state}", **aria(hidden="true")), t(f"board.state.{colour.state}")],
        className="colour",
    )


def calls(profile: AreaProfile, board: Board, view: View, t: Translator) -> Component:
    """The missing returns that would close most of the doubt."""
    if not board.calls:
        return html.P(t("board.no_calls"), className="empty")
    items = []
    for call in board.calls:
        scheme = profile.reference.scheme(call.scheme)
        key = "board.call" if call.closes is not None else "board.call_unknown"
        rest = t(
            key,
            scheme=t.name(scheme.names, call.scheme) if scheme else call.scheme,
            points=t.number((call.closes or 0) * 100, 2),
            persons=t.number(call.persons),
        )
        name = t.name(call.names, call.area_code)
        items.append(
            html.Li(
                [dcc.Link(name, href=view.href(f"/calendar/{call.area_code}")), f"{t('format.colon')}{rest}"]
            )
        )
    return html.Ol(items, className="calls")
