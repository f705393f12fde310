"""The months of one figure: a line where it is known, else a band, dashed while provisional."""

from collections.abc import Sequence
from itertools import groupby
from xml.etree.ElementTree import Element

from dashboards import theme
from dashboards.charts.drawing import element, percent_of, title
from dashboards.models.figure import Figure
from sala.translation.translator import Translator

SETTLED = ("endorsed", "released")
_BAND = "rgba(15,107,107,0.16)"
_MARGIN = 0.25  # of a month, at both ends, where a ring has room

Shares = Sequence[float | None]


def sparkline(history: Sequence[Figure], chosen: str | None, t: Translator) -> Element:
    """Figures of one area and indicator, oldest first; a ring on the `chosen` period, filled when settled."""
    place = _Place(len(history), *_range(history))
    if any(f.value is None and f.low is not None for f in history):
        low, high = [f.low for f in history], [f.high for f in history]
        drawn = [
            *(_band(over, under) for over, under in zip(place.runs(high), place.runs(low), strict=False)),
            *(_line(run, "2 3", 1.4) for edge in (high, low) for run in place.runs(edge)),
        ]
    else:
        drawn = [_line(run, dash) for shares, dash in _parts(history) for run in place.runs(shares)]
    return element(
        "svg",
        element("svg", *drawn, viewBox="0 0 100 100", preserveAspectRatio="none"),
        *(ring for i, f in enumerate(history) if f.period == chosen for ring in _rings(place, i, f)),
        *(_month(place, i, f, t) for i, f in enumerate(history) if f.known),
    )


class _Place:
    """Where months and shares stand, as percentages of width and height."""

    def __init__(self, months: int, low: float, high: float) -> None:
        self._low, self._high = low, high
        self.month = 100 / (max(months - 1, 0) + 2 * _MARGIN)

    def x(self, month: float) -> float:
        return (month + _MARGIN) * self.month

    def y(self, share: float) -> float:
        return 100 * (self._high - share) / (self._high - self._low)

    def runs(self, shares: Shares) -> list[list[str]]:
        """The points of each run of months without a gap."""
        return [
            [f"{self.x(i):.5g},{self.y(share):.5g}" for i, share in run if share is not None]
            for known, run in groupby(enumerate(shares), lambda month: month[1] is not None)
            if known
        ]


def _parts(history: Sequence[Figure]) -> list[tuple[Shares, str | None]]:
    """The settled line, and the open one from where the two meet: the last settled month before an open one."""
    settled = [f.value if f.status in SETTLED else None for f in history]
    open_ = [
        f.value
        if f.status not in SETTLED or (i + 1 < len(history) and history[i + 1].status not in SETTLED)
        else None
        for i, f in enumerate(history)
    ]
    return [(settled, None), (open_, "4 4")]


def _line(run: Sequence[str], dash: str | None, width: float = 2.4) -> Element:
    return element(
        "polyline",
        points=" ".join(run),
        fill="none",
        stroke=theme.ACCENT,
        stroke_width=width,
        stroke_dasharray=dash,
        vector_effect="non-scaling-stroke",
    )


def _band(over: Sequence[str], under: Sequence[str]) -> Element:
    return element("polygon", points=" ".join([*over, *reversed(under)]), fill=_BAND)


def _rings(place: _Place, i: int, f: Figure) -> list[Element]:
    fill = theme.ACCENT if f.status in SETTLED else theme.CARD
    return [
        element(
            "circle",
            cx=percent_of(place.x(i)),
            cy=percent_of(place.y(share)),
            r=4,
            fill=fill,
            stroke=theme.ACCENT,
            stroke_width=2,
        )
        for share in ((f.low, f.high) if f.value is None else (f.value,))
        if share is not None
    ]


def _month(place: _Place, i: int, f: Figure, t: Translator) -> Element:
    """What is said of a month to whoever points at it."""
    label = t.percent(f.value) if f.value is not None else t("format.percent", number=t.span(f.low, f.high))
    return element(
        "rect",
        title(f"{t.period(f.period)}: {label}"),
        x=percent_of(place.x(i - 0.5)),
        width=percent_of(place.month),
        height="100%",
        fill="transparent",
    )


def _range(history: Sequence[Figure]) -> tuple[float, float]:
    """A range that shows the movement, but never blows less than four points up to the full height."""
    shares = [
        s for f in history for s in (f.value, *((f.low, f.high) if f.value is None else ())) if s is not None
    ]
    if not shares:
        return 0, 1
    low, high = min(shares), max(shares)
    slack = max(0.04 - (high - low), 0) / 2 + (high - low) * 0.18
    return low - slack, high + slack
