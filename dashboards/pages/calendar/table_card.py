"""A table of the calendar in its frame, and what its rows have in common."""

from collections.abc import Callable
from typing import Any

from dash.development.base_component import Component

from dashboards.components.chart_frame import chart_frame
from dashboards.components.table import data_table
from dashboards.components.table_data import Table
from dashboards.pages.calendar.models import ReportingCalendar
from dashboards.server.view import View
from sala.translation.translator import Translator


def table_card(
    name: str,
    calendar: ReportingCalendar,
    view: View,
    t: Translator,
    make: Callable[[ReportingCalendar, View, Translator], Table],
    note: str,
) -> Component:
    """`make` gives the table, which is the file of this name too."""
    download = view.href(
        f"/download/calendar/{name}/{calendar.area.code}.csv", lang=t.language, period=calendar.period
    )
    made = data_table(make(calendar, view, t), t)
    title = t(f"{name}.title")
    return chart_frame(title, made, t, id=name, note=note, download=download, table=False, wide="one")


def own_first(rows: tuple[dict[str, Any], ...], calendar: ReportingCalendar) -> list[dict[str, Any]]:
    """The row of the area itself before those of the areas below."""
    return sorted(rows, key=lambda row: row["area_code"] != calendar.area.code)


def area_hrefs(rows: tuple[dict[str, Any], ...], calendar: ReportingCalendar, view: View) -> list[str | None]:
    """For each row, own first, the calendar of its area; none for the area itself."""
    return [
        None if row["area_code"] == calendar.area.code else view.href(f"/calendar/{row['area_code']}")
        for row in own_first(rows, calendar)
    ]


def area_name(row: dict[str, Any], calendar: ReportingCalendar, t: Translator) -> str:
    """The name of a row's area."""
    return t.name(calendar.named(row["area_code"]).names, row["area_code"])
