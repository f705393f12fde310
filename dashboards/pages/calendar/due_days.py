"""Due days around today, soonest first."""

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.table import data_table
from dashboards.components.table_data import Cell, Column, Table
from dashboards.pages.calendar.models import ReportingCalendar
from dashboards.pages.calendar.row_title import row_title
from sala.translation.translator import Translator


def due_days(calendar: ReportingCalendar, country: Country, t: Translator) -> Component:
    """Due days around today, soonest first, with how many of the returns have come."""
    title = t("calendar.due")
    layers = {layer.id: t.name(layer.plurals) for layer in country.layers}
    columns = (
        Column("due_on", t("calendar.due_on"), "text"),
        Column("what", t("calendar.what"), "text"),
        Column("period", t("column.period"), "text"),
        Column("layer", t("calendar.from"), "text"),
        Column("grace_until", t("calendar.grace_until"), "text"),
        Column("state", t("calendar.state"), "text"),
        Column("received", t("column.received")),
        Column("expected", t("column.expected")),
    )
    table: list[tuple[Cell, ...]] = [
        (
            t.date(row["due_on"]),
            row_title(row, country, t),
            t.period(row["period"]),
            layers.get(row["area_level"], row["area_level"]),
            t.date(row["grace_until"]),
            t(f"calendar.state.{row['state']}"),
            row["received"],
            row["expected"],
        )
        for row in calendar.due
    ]
    shown: Component = html.P(t("calendar.nothing_due"), className="empty")
    if table:
        shown = data_table(Table(title, columns, table), t)
    return html.Section(
        [html.Header(html.H2(title)), html.P(t("calendar.due.note"), className="note"), shown],
        className="card one",
        id="due",
    )
