"""Each scheme's agreed day against what came, by who runs it."""

from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.table_data import Cell, Column, Table
from dashboards.pages.calendar.models import ReportingCalendar
from dashboards.pages.calendar.table_card import table_card
from dashboards.server.view import View
from sala.translation.translator import Translator


def service_levels(
    calendar: ReportingCalendar, country: Country, view: View, t: Translator
) -> Component | None:
    """Each scheme's agreed day against what came, by who runs it."""
    if not calendar.service_levels:
        return None
    return table_card("service", calendar, view, t, service_table, t("service.note"))


def service_table(calendar: ReportingCalendar, view: View, t: Translator) -> Table:
    """A scheme a row; delays in days after the agreed day, negative before it."""
    columns = (
        Column("administrator", t("service.administrator"), "text"),
        Column("scheme", t("column.scheme"), "text"),
        Column("due_days", t("service.agreed")),
        Column("median_delay", t("service.median")),
        Column("p90_delay", t("service.p90")),
        Column("on_time_rate", t("service.on_time"), "share"),
        Column("received", t("column.received")),
        Column("expected", t("column.expected")),
        Column("rows_rejected", t("service.rejected")),
        Column("corrected", t("service.corrected")),
    )
    table: list[tuple[Cell, ...]] = [
        (
            t.name(row["administrator_names"], row["administrator"]),
            t.name(row["names"], row["scheme"]),
            *(row[column.key] for column in columns[2:]),
        )
        for row in calendar.service_levels
    ]
    return Table(t("service.title"), columns, table)
