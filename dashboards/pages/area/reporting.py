"""Who reports, and when: a strip of periods for each area below, for returns and for flash reports."""

from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboards.charts.discipline import discipline
from dashboards.components.chart_frame import chart_frame, graph
from dashboards.components.table_data import Column, Table
from dashboards.models.area import Area
from dashboards.models.area_profile import AreaProfile
from dashboards.models.reporting import Reporting
from dashboards.server.view import View
from sala.translation.translator import Translator

DATASETS = ("scheme_returns", "flash_reports")
_PERIODS = 16
_MOST_ROWS = 12  # the ones that need somebody; the others are in the table


def reporting(profile: AreaProfile, view: View, t: Translator) -> Component:
    """The strips of both datasets, as tabs when the areas file both."""
    present = [dataset for dataset in DATASETS if _periods(profile, dataset)]
    if not present:
        return html.Section(
            [
                html.Header(html.H2(t("discipline.title"))),
                html.P(t("discipline.nothing"), className="empty"),
            ],
            className="card",
            id="reporting",
        )
    panels = {dataset: _strip(profile, dataset, view, t) for dataset in present}
    if len(panels) == 1:
        picture: Component = next(iter(panels.values()))
    else:
        picture = dmc.Tabs(
            [
                dmc.TabsList([dmc.TabsTab(t(f"dataset.{dataset}"), value=dataset) for dataset in panels]),
                *(dmc.TabsPanel(panel, value=dataset) for dataset, panel in panels.items()),
            ],
            value=present[0],
        )
    return chart_frame(
        t("discipline.title"),
        picture,
        t,
        id="reporting",
        note=_legend(t),
        download=view.download_href("reporting", profile.area.code),
    )


def _legend(t: Translator) -> list[Any]:
    steps = ("on_time", "mostly", "late", "part", "none")
    return [
        html.Span([html.I(className=f"key step {step}"), t(f"discipline.{step}")], className="legend")
        for step in steps
    ]


def _periods(profile: AreaProfile, dataset: str) -> list[str]:
    """The newest periods in which anything was expected, oldest first."""
    expected = {r.period for r in profile.reporting if r.dataset == dataset and r.expected}
    return sorted(expected)[-_PERIODS:]


def _areas(profile: AreaProfile, dataset: str) -> list[Area]:
    """Whose strips are drawn: the areas below that file this dataset, else the area itself; worst first."""
    filing = {r.area for r in profile.reporting if r.dataset == dataset and r.expected}
    areas = [area for area in profile.below if area.code in filing] or [profile.area]

    def received(area: Area) -> float:
        rates = profile.rates(area.code, dataset).values()
        expected = sum(r.expected for r in rates)
        return sum(r.on_time for r in rates) / expected if expected else 1.0

    return sorted(areas, key=lambda area: (received(area), area.code))


def _strip(profile: AreaProfile, dataset: str, view: View, t: Translator) -> Component:
    periods, areas = _periods(profile, dataset), _areas(profile, dataset)
    shown = areas[:_MOST_ROWS]
    drawn = discipline(
        [(area, view.area_href(area.code)) for area in shown],
        periods,
        {area.code: profile.rates(area.code, dataset) for area in shown},
        t,
    )
    own = profile.rates(profile.area.code, dataset)
    last = own.get(periods[-1])
    parts: list[Component] = [graph(drawn, _summary(last, dataset, t))]
    if len(areas) > len(shown):
        parts.append(html.P(t("discipline.more", n=len(areas) - len(shown)), className="note"))
    if last is not None:
        parts.append(html.P(_summary(last, dataset, t), className="note foot"))
    return html.Div(parts)


def _summary(last: Reporting | None, dataset: str, t: Translator) -> str:
    if last is None:
        return t(f"dataset.{dataset}")
    return t(
        "discipline.aria_label",
        n=last.expected,
        dataset=t(f"dataset.{dataset}"),
        period=t.period(last.period),
        share=t.percent(last.rate),
        on_time=t.percent(last.on_time_rate),
    )


def reporting_table(profile: AreaProfile, view: View, t: Translator) -> Table:
    """The newest period of each dataset, an area a row: returns expected, received, on time, late."""
    columns = (
        Column("area", t("column.area"), "text"),
        Column("dataset", t("column.dataset"), "text"),
        Column("period", t("column.period"), "text"),
        Column("expected", t("column.expected")),
        Column("received", t("column.received")),
        Column("on_time", t("column.on_time")),
        Column("late", t("column.late")),
        Column("partial", t("column.partial")),
        Column("zero", t("column.zero")),
        Column("missing", t("column.missing")),
        Column("rate", t("column.completeness"), "share"),
    )
    rows, hrefs = [], []
    for dataset in DATASETS:
        for period in _periods(profile, dataset)[-1:]:
            for area in _areas(profile, dataset):
                r = profile.rates(area.code, dataset).get(period)
                if r is None:
                    continue
                counts = (r.expected, r.received, r.on_time, r.late, r.partial, r.zero, r.missing, r.rate)
                name = t.name(area.names, area.code)
                rows.append((name, t(f"dataset.{dataset}"), t.period(period), *counts))
                hrefs.append(view.area_href(area.code))
    return Table(t("discipline.title"), columns, rows, hrefs)
