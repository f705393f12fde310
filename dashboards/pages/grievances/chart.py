"""The months of an area's grievances: resolved, pending, and pending where answers are slow."""

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards import theme
from dashboards.charts.columns import Column, columns
from dashboards.components.chart_frame import chart_frame, graph
from dashboards.pages.grievances.models import Month
from sala.translation.translator import Translator

_PARTS = {"resolved": theme.ACCENT, "pending": theme.SAND, "pending_slow": theme.ALARM}
_HEIGHT = 200  # pixels


def months_chart(months: Sequence[Month], t: Translator) -> Component:
    """A column a month, with the first and the last in words for who cannot see it."""
    drawn = columns([_column(month, t) for month in months], list(_PARTS.values()), _HEIGHT)
    alt = " ".join(_sentence(month, t) for month in dict.fromkeys((months[0], months[-1])))
    title = t("grievances.months")
    return chart_frame(title, graph(drawn, alt, _HEIGHT), t, id="grievance-months", note=_legend(t))


def _column(month: Month, t: Translator) -> Column:
    parts = (month.resolved, month.pending - month.pending_slow, month.pending_slow)
    words = zip(_PARTS, parts, strict=True)
    labels = [f"{t.period(month.period)}\n{t(f'grievances.{part}')}: {t.number(n)}" for part, n in words]
    return Column(t.tick(month.period), parts, labels)


def _sentence(month: Month, t: Translator) -> str:
    resolved, pending = t.number(month.resolved), t.number(month.pending)
    return t("grievances.month", period=t.period(month.period), resolved=resolved, pending=pending)


def _legend(t: Translator) -> list[Any]:
    return [
        html.Span(
            [html.I(className="key", style={"background": colour}), t(f"grievances.{part}")],
            className="legend",
        )
        for part, colour in _PARTS.items()
    ]
