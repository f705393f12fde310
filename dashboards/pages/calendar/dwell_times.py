"""How long what came in waited for its compilation and for a signature."""

from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.table_data import Cell, Column, Table
from dashboards.pages.calendar.models import ReportingCalendar
from dashboards.pages.calendar.table_card import area_hrefs, area_name, own_first, table_card
from dashboards.server.view import View
from sala.translation.translator import Translator


def dwell_times(calendar: ReportingCalendar, country: Country, view: View, t: Translator) -> Component | None:
    """How long what came in waited for its compilation and for a signature."""
    if not calendar.dwell_times:
        return None
    return table_card("dwell", calendar, view, t, dwell_table, t("dwell.note"))


def dwell_table(calendar: ReportingCalendar, view: View, t: Translator) -> Table:
    """An area and dataset a row; days as numbers."""
    columns = (
        Column("area", t("column.area"), "text"),
        Column("area_code", t("column.code"), "text"),
        Column("dataset", t("column.dataset"), "text"),
        Column("first_received", t("dwell.first"), "text"),
        Column("days_to_compile", t("dwell.compile")),
        Column("days_to_endorse", t("dwell.endorse")),
        Column("waiting", t("dwell.state"), "text"),
    )
    table: list[tuple[Cell, ...]] = [
        (
            area_name(row, calendar, t),
            row["area_code"],
            t(f"dataset.{row['dataset']}"),
            t.date(row["first_received_at"].date()),
            None if row["days_to_compile"] is None else round(float(row["days_to_compile"]), 1),
            round(float(row["days_to_endorse"]), 1),
            t("dwell.waiting" if row["waiting"] else "dwell.endorsed"),
        )
        for row in own_first(calendar.dwell_times, calendar)
    ]
    return Table(t("dwell.title"), columns, table, area_hrefs(calendar.dwell_times, calendar, view))
