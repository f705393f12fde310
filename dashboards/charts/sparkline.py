"""The months of one figure: a line where it is known, else a band, dashed while provisional."""

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboards import theme
from dashboards.charts.template import figure
from dashboards.models.figure import Figure
from sala.translation.translator import Translator

SETTLED = ("endorsed", "released")
_BAND = "rgba(15,107,107,0.16)"


def sparkline(history: Sequence[Figure], chosen: str | None, t: Translator) -> go.Figure:
    """Figures of one area and indicator, oldest first; a ring on the `chosen` period, filled when settled."""
    periods = [f.period for f in history]
    traces: list[go.Scatter] = []
    bounded = any(f.value is None and f.low is not None for f in history)
    if bounded:
        traces += [
            _line(periods, [f.high for f in history], t, dash="2px 3px", width=1.4),
            _line(periods, [f.low for f in history], t, dash="2px 3px", width=1.4, fill="tonexty"),
        ]
    else:
        settled = [f.value if f.status in SETTLED else None for f in history]
        # The dashed line starts at the last settled month, so that the two parts meet.
        open_ = [
            f.value
            if f.status not in SETTLED or (i + 1 < len(history) and history[i + 1].status not in SETTLED)
            else None
            for i, f in enumerate(history)
        ]
        traces += [
            _line(periods, settled, t, dash="solid"),
            _line(periods, open_, t, dash="4px 4px"),
        ]
    traces += [_ring(f, t) for f in history if f.period == chosen and f.known]
    return figure(
        *traces,
        xaxis={"visible": False, "type": "category", "range": [-0.25, max(len(history) - 1, 0) + 0.25]},
        yaxis={"visible": False, "range": _range(history)},
        hovermode="x",
    )


def _line(
    periods: Sequence[str],
    shares: Sequence[float | None],
    t: Translator,
    dash: str,
    width: float = 2.4,
    fill: str = "none",
) -> go.Scatter:
    return go.Scatter(
        x=periods,
        y=shares,
        mode="lines",
        line={"color": theme.ACCENT, "width": width, "dash": dash},
        fill=fill,
        fillcolor=_BAND,
        customdata=[[f"{t.period(p)}: {t.percent(s)}"] for p, s in zip(periods, shares, strict=True)],
        hovertemplate="%{customdata[0]}<extra></extra>",
    )


def _ring(f: Figure, t: Translator) -> go.Scatter:
    shares = [f.value] if f.value is not None else [f.low, f.high]
    settled = f.status in SETTLED
    return go.Scatter(
        x=[f.period] * len(shares),
        y=shares,
        mode="markers",
        marker={
            "size": 8,
            "color": theme.ACCENT if settled else theme.CARD,
            "line": {"color": theme.ACCENT, "width": 2},
        },
        hoverinfo="skip",
    )


def _range(history: Sequence[Figure]) -> list[float]:
    """A range that shows the movement, but never blows less than four points up to the full height."""
    shares = [
        s for f in history for s in (f.value, *((f.low, f.high) if f.value is None else ())) if s is not None
    ]
    if not shares:
        return [0, 1]
    low, high = min(shares), max(shares)
    slack = max(0.04 - (high - low), 0) / 2 + (high - low) * 0.18
    return [low - slack, high + slack]
