"""What became of the returns of each area right below, in the chosen period."""

from dash.development.base_component import Component

from dashboards.components.table_data import Cell, Column, Table
from dashboards.pages.calendar.models import ReportingCalendar
from dashboards.pages.calendar.outcomes import OUTCOMES
from dashboards.pages.calendar.table_card import area_hrefs, area_name, own_first, table_card
from dashboards.server.view import View
from sala.translation.translator import Translator


def outcomes_below(calendar: ReportingCalendar, view: View, t: Translator) -> Component | None:
    """What became of the returns of each area right below, in the chosen period."""
    if len(calendar.children) < 2:
        return None
    return table_card("below", calendar, view, t, below_table, t("calendar.fates.note"))


def below_table(calendar: ReportingCalendar, view: View, t: Translator) -> Table:
    """An area and dataset a row: counts of returns."""
    columns = [
        Column("area", t("column.area"), "text"),
        Column("area_code", t("column.code"), "text"),
        Column("dataset", t("column.dataset"), "text"),
        Column("expected", t("column.expected")),
        Column("received", t("column.received")),
        *(Column(outcome, t(f"calendar.column.{outcome}")) for outcome in OUTCOMES),
    ]
    table: list[tuple[Cell, ...]] = [
        (
            area_name(row, calendar, t),
            row["area_code"],
            t(f"dataset.{row['dataset']}"),
            row["expected"],
            row["received"],
            *(row[outcome] for outcome in OUTCOMES),
        )
        for row in own_first(calendar.children, calendar)
    ]
    return Table(t("below.title"), columns, table, area_hrefs(calendar.children, calendar, view))
