"""Women and men side by side on a bar of what the figure could be.

A dot is a figure; where only bounds are known there is a stroke between them, never a dot in the middle.
Drawn with plain boxes and not with Plotly: thirty of them weigh nothing, follow the width of the screen,
and print sharply.
"""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.components.aria import aria
from dashboards.components.format_figure import is_open, says_nothing
from dashboards.models.figure import Figure
from sala.translation.translator import Translator

_STEPS = (0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
INCOMPLETE = 0.8  # below this share of returns received, a figure is hatched


def top_of_scale(figures: Sequence[Figure | None], least: float = 0.1) -> float:
    """The end of a common axis: the next round share that holds every figure and bound, even past 1."""
    highest = max([least] + [share for f in figures if f for share in (f.value, f.high) if share is not None])
    for step in _STEPS:
        if highest <= step + 1e-9:
            return step
    return -(-highest // 0.5) * 0.5


def coverage_bar(
    total: Figure | None, women: Figure | None, men: Figure | None, top: float, small: bool = False
) -> Component:
    """The bar of one area: the band of what could be, a lane for women and one for men (or one for all)."""
    marks: list[Component] = []
    band_of = total or women or men
    if band_of and band_of.low is not None and band_of.high is not None and not says_nothing(band_of):
        hatched = (band_of.completeness if band_of.completeness is not None else 1) < INCOMPLETE
        marks.append(_stroke(band_of.low, band_of.high, top, "band hatched" if hatched else "band"))
    sexes = [(figure, name) for figure, name in ((women, "women"), (men, "men")) if figure and figure.known]
    shown: list[tuple[Figure | None, str]] = [*sexes] if sexes else [(total, "all")]
    for figure, name in shown:
        marks.extend(_marks(figure, name, top))
    return html.Div(marks, className="lanes small" if small else "lanes", **aria(hidden="true"))


def length(part: float) -> Component:
    """A plain bar, as long as its `part` of the longest: for numbers of persons, which have no common end."""
    bar = html.I(className="length", style={"width": f"{100 * part:.2f}%"})
    return html.Div(bar, className="lanes small plain", **aria(hidden="true"))


def _marks(figure: Figure | None, name: str, top: float) -> list[Component]:
    if figure is None or not figure.known:
        return []
    if figure.value is not None:
        return [html.I(className=f"dot {name}", style={"left": _percent(figure.value, top)})]
    assert figure.low is not None  # `known` without a value means bounds
    if says_nothing(figure):
        return []
    high = top if is_open(figure) or figure.high is None else figure.high
    return [_stroke(figure.low, high, top, f"span {name} open" if is_open(figure) else f"span {name}")]


def _stroke(low: float, high: float, top: float, name: str) -> Component:
    return html.I(
        className=name,
        style={"left": _percent(low, top), "width": _percent(max(high - low, 0), top)},
    )


def _percent(share: float, top: float) -> str:
    return f"{100 * share / top:.2f}%"


def scale(top: float, t: Translator) -> Component:
    """The axis under a column of lanes: none, the middle and the end."""
    return html.Div(
        [html.Span(t.percent(top * part), style={"left": f"{part * 100}%"}) for part in (0, 0.5, 1)],
        className="scale",
        **aria(hidden="true"),
    )
