"""Who reports, and when: a strip of periods for each area below, for returns and for flash reports."""

from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboards.charts.discipline import ROW, discipline
from dashboards.components.chart_frame import chart_frame, graph
from dashboards.components.table_data import Column, Table
from dashboards.models.figures import Area, AreaFacts, Reporting
from dashboards.server.view import View
from sala.translation.translator import Words

DATASETS = ("scheme_returns", "flash_reports")
_PERIODS = 16
_MOST_ROWS = 12  # the ones that need somebody; the others are in the table


def reporting(facts: AreaFacts, view: View, words: Words) -> Component:
    """The strips of both datasets, as tabs when the areas file both."""
    present = [dataset for dataset in DATASETS if _periods(facts, dataset)]
    if not present:
        return html.Section(
            [
                html.Header(html.H2(words("discipline.title"))),
                html.P(words("discipline.nothing"), className="empty"),
            ],
            className="card",
            id="reporting",
        )
    panels = {dataset: _strip(facts, dataset, view, words) for dataset in present}
    if len(panels) == 1:
        picture: Component = next(iter(panels.values()))
    else:
        picture = dmc.Tabs(
            [
                dmc.TabsList([dmc.TabsTab(words(f"dataset.{dataset}"), value=dataset) for dataset in panels]),
                *(dmc.TabsPanel(panel, value=dataset) for dataset, panel in panels.items()),
            ],
            value=present[0],
        )
    return chart_frame(
        words("discipline.title"),
        picture,
        words,
        id="reporting",
        note=_legend(words),
        download=view.download_href("reporting", facts.area.code),
    )


def _legend(words: Words) -> list[Any]:
    steps = ("on_time", "mostly", "late", "part", "none")
    return [
        html.Span([html.I(className=f"key step {step}"), words(f"discipline.{step}")], className="legend")
        for step in steps
    ]


def _periods(facts: AreaFacts, dataset: str) -> list[str]:
    """The newest periods in which anything was expected, oldest first."""
    expected = {r.period for r in facts.reporting if r.dataset == dataset and r.expected}
    return sorted(expected)[-_PERIODS:]


def _areas(facts: AreaFacts, dataset: str) -> list[Area]:
    """Whose strips are drawn: the areas below that file this dataset, else the area itself; worst first."""
    filing = {r.area for r in facts.reporting if r.dataset == dataset and r.expected}
    areas = [area for area in facts.below if area.code in filing] or [facts.area]

    def received(area: Area) -> float:
        rates = facts.rates(area.code, dataset).values()
        expected = sum(r.expected for r in rates)
        return sum(r.on_time for r in rates) / expected if expected else 1.0

    return sorted(areas, key=lambda area: (received(area), area.code))


def _strip(facts: AreaFacts, dataset: str, view: View, words: Words) -> Component:
    periods, areas = _periods(facts, dataset), _areas(facts, dataset)
    shown = areas[:_MOST_ROWS]
    drawn = discipline(
        [(area, view.area_href(area.code)) for area in shown],
        periods,
        {area.code: facts.rates(area.code, dataset) for area in shown},
        words,
    )
    own = facts.rates(facts.area.code, dataset)
    last = own.get(periods[-1])
    parts: list[Component] = [
        graph(drawn, f"reporting-{dataset}", _spoken(last, dataset, words), ROW * len(shown) + 26)
    ]
    if len(areas) > len(shown):
        parts.append(html.P(words("discipline.more", n=len(areas) - len(shown)), className="note"))
    if last is not None:
        parts.append(html.P(_spoken(last, dataset, words), className="note foot"))
    return html.Div(parts)


def _spoken(last: Reporting | None, dataset: str, words: Words) -> str:
    if last is None:
        return words(f"dataset.{dataset}")
    return words(
        "discipline.spoken",
        n=last.expected,
        dataset=words(f"dataset.{dataset}"),
        period=words.period(last.period),
        share=words.percent(last.rate),
        on_time=words.percent(last.on_time_rate),
    )


def reporting_table(facts: AreaFacts, view: View, words: Words) -> Table:
    """The newest period of each dataset, an area a row: returns expected, received, on time, late."""
    columns = (
        Column("area", words("column.area"), "text"),
        Column("dataset", words("column.dataset"), "text"),
        Column("period", words("column.period"), "text"),
        Column("expected", words("column.expected")),
        Column("received", words("column.received")),
        Column("on_time", words("column.on_time")),
        Column("late", words("column.late")),
        Column("partial", words("column.partial")),
        Column("zero", words("column.zero")),
        Column("missing", words("column.missing")),
        Column("rate", words("column.completeness"), "share"),
    )
    rows, hrefs = [], []
    for dataset in DATASETS:
        for period in _periods(facts, dataset)[-1:]:
            for area in _areas(facts, dataset):
                r = facts.rates(area.code, dataset).get(period)
                if r is None:
                    continue
                counts = (r.expected, r.received, r.on_time, r.late, r.partial, r.zero, r.missing, r.rate)
                name = words.name(area.names, area.code)
                rows.append((name, words(f"dataset.{dataset}"), words.period(period), *counts))
                hrefs.append(view.area_href(area.code))
    return Table(words("discipline.title"), columns, rows, hrefs)
