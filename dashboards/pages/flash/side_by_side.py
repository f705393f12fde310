"""The sheets below a flash sheet, one a row: who reported, their axes, how many lines they send up."""

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboards.components.table import data_table
from dashboards.components.table_data import Cell, Column, Table
from dashboards.models.flash_report import AXES
from dashboards.models.flash_sheet import Axes, FlashSheet, Reporter, SheetLine
from dashboards.pages.flash.sheet_address import sheet_address
from dashboards.server.view import View
from sala.translation.translator import Translator
from transforms.flash.flash_report import KINDS


def side_by_side(sheet: FlashSheet, view: View, t: Translator) -> Component:
    """The table, and who is furthest behind."""
    names = {child.code: t.name(child.names, child.code) for child in sheet.children}
    laggards = sheet.compiled.laggards if sheet.compiled else ()
    note = t("flash.laggards", areas=", ".join(names.get(code, code) for code in laggards))
    return html.Section(
        [
            html.Header(html.H2(t("sheet.side_by_side"))),
            data_table(_table(sheet, view, t), t),
            html.P(note if laggards else "", className="note"),
        ],
        className="card",
        id="below",
    )


def _table(sheet: FlashSheet, view: View, t: Translator) -> Table:
    """The areas below under their mean, then the administrators under theirs."""
    columns = [
        Column("area", t("column.area"), "text"),
        *(Column(axis, t(f"axis.{axis}.short").replace("<br>", " "), "percent") for axis in AXES),
        *(Column(kind, t(f"items.{kind}")) for kind in KINDS),
    ]
    rows: list[tuple[Cell, ...]] = []
    hrefs: list[str | None] = []
    if sheet.compiled:
        label = t("sheet.mean", received=t.number(sheet.compiled.received), n=sheet.compiled.expected)
        rows.append((label, *_percentages(sheet.compiled.axes), *(None for _ in KINDS)))
        hrefs.append(None)
    for child in sheet.children:
        lines = [line for line in sheet.below if line.area == child.code]
        rows.append(_row(child, lines, t))
        hrefs.append(view.href(sheet_address(child.code, sheet.week)))
    if sheet.administrators_mean:
        reports = sheet.administrator_reports
        reported = sum(report.axes is not None for report in reports)
        label = t("sheet.others_mean", received=t.number(reported), n=len(reports))
        rows.append((label, *_percentages(sheet.administrators_mean), *(None for _ in KINDS)))
        hrefs.append(None)
    for administrator in sheet.administrator_reports:
        lines = [
            line for line in sheet.below if line.area == sheet.area.code and line.names == administrator.names
        ]
        rows.append(_row(administrator, lines, t))
        hrefs.append(view.href(sheet_address(sheet.area.code, sheet.week, administrator.code)))
    return Table(t("sheet.side_by_side"), columns, rows, hrefs)


def _row(reporter: Reporter, lines: Sequence[SheetLine], t: Translator) -> tuple[Cell, ...]:
    name = t.name(reporter.names, reporter.code)
    if reporter.axes is not None and not reporter.filed:
        name = f"{name} ({t('flash.compiled')})"
    counts = [sum(line.kind == kind for line in lines) for kind in KINDS]
    return (name, *_percentages(reporter.axes), *counts)


def _percentages(axes: Axes | None) -> list[float | None]:
    return [axes.get(axis) if axes else None for axis in AXES]
