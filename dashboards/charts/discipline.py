"""Who reports, and when: a strip of periods for each area, dark for on time, sand for in part."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from dashboards import theme
from dashboards.charts.template import figure
from dashboards.models.area import Area
from dashboards.models.reporting import Reporting
from sala.translation.translator import Translator

# Steps, from nothing to everything in time. Their order is the order of the colours.
STEPS = ("none", "part", "late", "mostly", "on_time")
_COLOURS = ("#ffffff", theme.SAND, "#b9d8d4", "#5fa19d", theme.ACCENT)
ROW, COLUMN_GAP = 22, 3
MOST_OF = 0.8


def step(reporting: Reporting | None) -> str:
    """What became of the returns expected: none, fewer than 80% in, in but late, mostly in time, all."""
    if (
        reporting is None
        or not reporting.received
        or reporting.rate is None
        or reporting.on_time_rate is None
    ):
        return "none"
    if reporting.rate < MOST_OF:
        return "part"
    if reporting.on_time_rate < MOST_OF:
        return "late"
    return "on_time" if reporting.on_time_rate >= 0.95 else "mostly"


def discipline(
    areas: Sequence[tuple[Area, str]],
    periods: Sequence[str],
    rates: Mapping[str, Mapping[str, Reporting]],
    t: Translator,
) -> go.Figure:
    """`areas` with hrefs from top to bottom, `periods` oldest first, `rates` by area code and period."""
    names = [t.name(area.names, area.code) for area, _ in areas]
    cells = [[rates.get(area.code, {}).get(period) for period in periods] for area, _ in areas]
    positions = list(range(len(areas)))
    heat = go.Heatmap(
        x=list(range(len(periods))),
        y=positions,
        z=[[STEPS.index(step(cell)) for cell in row] for row in cells],
        zmin=0,
        zmax=len(STEPS) - 1,
        colorscale=[[i / (len(STEPS) - 1), colour] for i, colour in enumerate(_COLOURS)],
        showscale=False,
        xgap=COLUMN_GAP,
        ygap=COLUMN_GAP,
        customdata=[
            [[href, _hover_text(name, period, cell, t)] for period, cell in zip(periods, row, strict=True)]
            for (_, href), name, row in zip(areas, names, cells, strict=True)
        ],
        hovertemplate="%{customdata[1]}<extra></extra>",
    )
    every = max(1, -(-len(periods) // 6))
    shown = [i for i in range(len(periods)) if (len(periods) - 1 - i) % every == 0]
    return figure(
        heat,
        plot_bgcolor=theme.LINE,  # the gaps between the cells draw their outline
        xaxis={
            "tickvals": shown,
            "ticktext": [t.tick(periods[i]) for i in shown],
            "side": "top",
            "tickfont": {"size": 11, "color": theme.MUTED},
            "tickangle": 0,
        },
        yaxis={
            "tickvals": positions,
            "ticktext": names,
            "range": [len(areas) - 0.5, -0.5],
            "ticklabelstandoff": 6,
        },
    )


def _hover_text(name: str, period: str, cell: Reporting | None, t: Translator) -> str:
    when = f"<b>{name}</b>, {t.period(period)}<br>"
    if cell is None:
        return when + t("discipline.nothing_expected")
    return when + t(
        "discipline.cell",
        received=t.number(cell.received),
        expected=t.number(cell.expected),
        on_time=t.number(cell.on_time),
        late=t.number(cell.late),
    )
