"""The index of how reporting is managed, with its parts."""

from dash.development.base_component import Component

from countries.declarations.management_index import PARTS
from countries.model import Country
from dashboards.components.table_data import Cell, Column, Table
from dashboards.pages.calendar.models import ReportingCalendar
from dashboards.pages.calendar.table_card import area_hrefs, area_name, own_first, table_card
from dashboards.server.view import View
from sala.translation.translator import Translator


def management_index(
    calendar: ReportingCalendar, country: Country, view: View, t: Translator
) -> Component | None:
    """The index of the area and of those right below it, every part beside it."""
    if not calendar.index or country.management_index is None:
        return None
    weights = country.management_index.weights
    formula = " + ".join(
        t("index.part", part=t(f"index.{part}"), weight=t.percent(weights[part]))
        for part in PARTS
        if part in weights
    )
    note = t(
        "index.note",
        formula=formula,
        grace=t.percent(country.management_index.in_grace),
        least=t.number(country.management_index.least_parts),
    )
    return table_card("index", calendar, view, t, index_table, note)


def index_table(calendar: ReportingCalendar, view: View, t: Translator) -> Table:
    """An area a row, the area itself first: fractions, and which parts are left out for want of data."""
    columns = [
        Column("area", t("column.area"), "text"),
        Column("area_code", t("column.code"), "text"),
        Column("index", t("index.title"), "share"),
        *(Column(part, t(f"index.{part}"), "share") for part in PARTS),
        Column("zero_first", t("index.zero_first")),
        Column("left_out", t("index.left_out"), "text"),
    ]
    table: list[tuple[Cell, ...]] = []
    for row in own_first(calendar.index, calendar):
        left = ", ".join(t(f"index.{part}") for part in row["left_out"]) or "–"
        shares = (row["index"], *(row[part] for part in PARTS))
        table.append((area_name(row, calendar, t), row["area_code"], *shares, row["zero_first"], left))
    return Table(t("index.title"), columns, table, area_hrefs(calendar.index, calendar, view))
