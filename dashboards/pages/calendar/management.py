"""How reporting is managed: the index with its parts, the areas below, service levels, and dwell times."""

from collections.abc import Callable
from typing import Any

from dash.development.base_component import Component

from countries.declarations.management_index import PARTS
from countries.model import Country
from dashboards.components.chart_frame import chart_frame
from dashboards.components.table import data_table
from dashboards.components.table_data import Cell, Column, Table
from dashboards.pages.calendar.due import FATES
from dashboards.pages.calendar.queries import CalendarFacts
from dashboards.server.view import View
from sala.translation.translator import Translator


def index(facts: CalendarFacts, country: Country, view: View, t: Translator) -> Component | None:
    """The index of the area and of those right below it, every part beside it."""
    if not facts.index or country.management_index is None:
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
    return _card("index", facts, view, t, index_table, note)


def index_table(facts: CalendarFacts, view: View, t: Translator) -> Table:
    """An area a row, the area itself first: fractions, and which parts are left out for want of data."""
    columns = [
        Column("area", t("column.area"), "text"),
        Column("area_code", t("column.code"), "text"),
        Column("index", t("index.title"), "share"),
        *(Column(part, t(f"index.{part}"), "share") for part in PARTS),
        Column("left_out", t("index.left_out"), "text"),
    ]
    table: list[tuple[Cell, ...]] = []
    for row in _own_first(facts.index, facts):
        left = ", ".join(t(f"index.{part}") for part in row["left_out"]) or "–"
        shares = (row["index"], *(row[part] for part in PARTS))
        table.append((_name(row, facts, t), row["area_code"], *shares, left))
    return Table(t("index.title"), columns, table, _hrefs(facts.index, facts, view))


def below(facts: CalendarFacts, view: View, t: Translator) -> Component | None:
    """What became of the returns of each area right below, in the chosen period."""
    if len(facts.children) < 2:
        return None
    return _card("below", facts, view, t, below_table, t("calendar.fates.note"))


def below_table(facts: CalendarFacts, view: View, t: Translator) -> Table:
    """An area and dataset a row: counts of returns."""
    columns = [
        Column("area", t("column.area"), "text"),
        Column("area_code", t("column.code"), "text"),
        Column("dataset", t("column.dataset"), "text"),
        Column("expected", t("column.expected")),
        Column("received", t("column.received")),
        *(Column(fate, t(f"calendar.column.{fate}")) for fate in FATES),
    ]
    table: list[tuple[Cell, ...]] = [
        (
            _name(row, facts, t),
            row["area_code"],
            t(f"dataset.{row['dataset']}"),
            row["expected"],
            row["received"],
            *(row[fate] for fate in FATES),
        )
        for row in _own_first(facts.children, facts)
    ]
    return Table(t("below.title"), columns, table, _hrefs(facts.children, facts, view))


def service(facts: CalendarFacts, country: Country, view: View, t: Translator) -> Component | None:
    """Each scheme's agreed day against what came, by who runs it."""
    if not facts.service:
        return None
    return _card("service", facts, view, t, service_table, t("service.note"))


def service_table(facts: CalendarFacts, view: View, t: Translator) -> Table:
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
        for row in facts.service
    ]
    return Table(t("service.title"), columns, table)


def dwell(facts: CalendarFacts, country: Country, view: View, t: Translator) -> Component | None:
    """How long what came in waited for its compilation and for a signature."""
    if not facts.dwell:
        return None
    return _card("dwell", facts, view, t, dwell_table, t("dwell.note"))


def dwell_table(facts: CalendarFacts, view: View, t: Translator) -> Table:
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
            _name(row, facts, t),
            row["area_code"],
            t(f"dataset.{row['dataset']}"),
            t.date(row["first_received_at"].date()),
            None if row["days_to_compile"] is None else round(float(row["days_to_compile"]), 1),
            round(float(row["days_to_endorse"]), 1),
            t("dwell.waiting" if row["waiting"] else "dwell.endorsed"),
        )
        for row in _own_first(facts.dwell, facts)
    ]
    return Table(t("dwell.title"), columns, table, _hrefs(facts.dwell, facts, view))


TABLES: dict[str, Callable[[CalendarFacts, View, Translator], Table]] = {
    "index": index_table,
    "below": below_table,
    "service": service_table,
    "dwell": dwell_table,
}


def _card(
    name: str,
    facts: CalendarFacts,
    view: View,
    t: Translator,
    make: Callable[[CalendarFacts, View, Translator], Table],
    note: str,
) -> Component:
    download = view.href(
        f"/download/calendar/{name}/{facts.area.code}.csv", lang=t.language, period=facts.period
    )
    made = data_table(make(facts, view, t), t)
    title = t(f"{name}.title")
    return chart_frame(title, made, t, id=name, note=note, download=download, table=False, wide="one")


def _own_first(found: tuple[dict[str, Any], ...], facts: CalendarFacts) -> list[dict[str, Any]]:
    return sorted(found, key=lambda row: row["area_code"] != facts.area.code)


def _hrefs(found: tuple[dict[str, Any], ...], facts: CalendarFacts, view: View) -> list[str | None]:
    return [
        None if row["area_code"] == facts.area.code else view.href(f"/calendar/{row['area_code']}")
        for row in _own_first(found, facts)
    ]


def _name(row: dict[str, Any], facts: CalendarFacts, t: Translator) -> str:
    return t.name(facts.named(row["area_code"]).names, row["area_code"])
