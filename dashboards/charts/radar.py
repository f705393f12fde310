"""The five axes of a flash report as a radar, with the week before it dashed."""

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboards import theme
from dashboards.charts.template import figure
from dashboards.models.flash_report import AXES, Flash
from sala.translation.translator import Translator


def radar(now: Flash, before: Flash | None, t: Translator) -> go.Figure:
    """Percent advanced (0–100) on each axis; the label carries the value and the change since last week."""
    labels = [_label(axis, now, before, t) for axis in AXES]
    traces = []
    if before is not None:
        traces.append(_outline(before, labels, theme.MUTED, "3px 4px", "rgba(0,0,0,0)"))
    traces.append(_outline(now, labels, theme.ACCENT, "solid", "rgba(15,107,107,0.16)"))
    return figure(
        *traces,
        margin={"l": 92, "r": 92, "t": 54, "b": 36},
        polar={
            "gridshape": "linear",
            "radialaxis": {"range": [0, 100], "tickvals": [25, 50, 75, 100]},
            "angularaxis": {"direction": "clockwise", "rotation": 90, "tickfont": {"size": 12}},
        },
    )


def _outline(flash: Flash, labels: Sequence[str], colour: str, dash: str, fill: str) -> go.Scatterpolar:
    shares = [flash.axes.get(axis) for axis in AXES]
    return go.Scatterpolar(
        r=[*shares, shares[0]],
        theta=[*labels, labels[0]],
        mode="lines",
        line={"color": colour, "width": 2, "dash": dash},
        fill="toself",
        fillcolor=fill,
        hoverinfo="skip",
    )


def _label(axis: str, now: Flash, before: Flash | None, t: Translator) -> str:
    name, share = t(f"axis.{axis}.short"), now.axes.get(axis)
    if share is None:
        return f"{name}<br><span style='color:{theme.MUTED}'>–</span>"
    text = t.percent(share / 100)
    earlier = before.axes.get(axis) if before else None
    if earlier is not None:
        text += f" ({t.points(share / 100, earlier / 100)})"
    return f"{name}<br><span style='color:{theme.MUTED}'>{text}</span>"
