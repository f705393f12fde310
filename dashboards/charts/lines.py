"""Several series over the same periods: a line each where it is known, an upright stroke where only bounds are."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.etree.ElementTree import Element

from dashboards import theme
from dashboards.charts.drawing import element, percent_of, title

COLOURS = (
    theme.ACCENT,
    theme.MEN,
    theme.WOMEN,
    theme.ALARM,
    "#3f6fb5",
    "#7a6a2f",
    "#4c8c3f",
    "#a0527d",
    theme.INK,
    "#c28f1c",
    "#5c6771",
    "#2e9fb0",
)
"""One for each series: more of them nobody could tell apart."""


@dataclass(frozen=True)
class Point:
    """A figure at a period: its value, or else between what it lies; `label` says it in words."""

    value: float | None
    low: float | None
    high: float | None
    label: str

    @property
    def ends(self) -> tuple[float, ...]:
        """What the chart must have room for."""
        if self.value is not None:
            return (self.value,)
        return tuple(end for end in (self.low, self.high) if end is not None)


def lines(series: Sequence[Sequence[Point]]) -> Element:
    """Series of as many points each, oldest first; as wide as it may be."""
    low, high = scale(series)
    months = max(len(points) for points in series)

    def x(place: int) -> float:
        return 100 * (place + 0.5) / months

    def y(number: float) -> float:
        return 96 - 92 * (number - low) / (high - low)

    drawn, marks = [], []
    for colour, points in zip(COLOURS, series, strict=False):
        for known, run in groupby(enumerate(points), lambda point: point[1].value is not None):
            if known:
                ends = " ".join(f"{x(i):.5g},{y(p.value or 0):.5g}" for i, p in run)
                drawn.append(
                    element(
                        "polyline",
                        points=ends,
                        fill="none",
                        stroke=colour,
                        stroke_width=2.2,
                        vector_effect="non-scaling-stroke",
                    )
                )
        for i, point in enumerate(points):
            at = percent_of(x(i))
            if point.value is not None:
                centre = percent_of(y(point.value))
                marks.append(element("circle", title(point.label), cx=at, cy=centre, r=4, fill=colour))
            elif point.ends:
                top, foot = (percent_of(y(end)) for end in (max(point.ends), min(point.ends)))
                marks.append(
                    element(
                        "line",
                        title(point.label),
                        x1=at,
                        x2=at,
                        y1=top,
                        y2=foot,
                        stroke=colour,
                        stroke_width=5,
                        stroke_opacity=0.45,
                    )
                )
    axis = element("line", x1="0", x2="100%", y1="99.8%", y2="99.8%", stroke=theme.LINE)
    return element(
        "svg", axis, element("svg", *drawn, viewBox="0 0 100 100", preserveAspectRatio="none"), *marks
    )


def scale(series: Sequence[Sequence[Point]]) -> tuple[float, float]:
    """The lowest and the highest number that the chart shows."""
    ends = [end for points in series for point in points for end in point.ends] or [0.0, 1.0]
    low, high = min(ends), max(ends)
    return (low, high) if high > low else (low - (abs(low) * 0.1 or 0.5), high + (abs(high) * 0.1 or 0.5))
