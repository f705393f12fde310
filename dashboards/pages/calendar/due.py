"""Due days around today, what an area itself still owes, and what became of what was due."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.components.table import data_table
from dashboards.components.table_data import Cell, Column, Table
from dashboards.pages.calendar.queries import CalendarFacts
from sala.translation.translator import Translator

FATES = ("on_time", "in_grace", "late", "awaited", "missing", "empty", "partial", "zero")
_MOST_PERIODS = 8  # of each dataset; older ones are in the warehouse


def owed(facts: CalendarFacts, country: Country, t: Translator) -> Component | None:
    """What the area itself has to file and has not."""
    if not facts.own:
        return None
    lines = []
    for row in facts.own:
        late = int(row["days_after_due"])
        urgent = "late" if row["state"] in ("missing", "empty") else "soon"
        when = t("items.late", n=late) if late > 0 else t("items.due", n=-late)
        lines.append(
            html.Li(
                [
                    html.I(className=f"mark {urgent}", **aria(hidden="true")),
                    html.Span(f"{what(row, country, t)} · {t.period(row['period'])}"),
                    html.Span(f"{t('calendar.fate.' + row['state'])} · {when}", className="where"),
                ]
            )
        )
    return html.Section(
        [html.H2(t("calendar.owed")), html.Ul(lines, className="items")], className="card one", id="owed"
    )


def due(facts: CalendarFacts, country: Country, t: Translator) -> Component:
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
            what(row, country, t),
            t.period(row["period"]),
            layers.get(row["area_level"], row["area_level"]),
            t.date(row["grace_until"]),
            t(f"calendar.state.{row['state']}"),
            row["received"],
            row["expected"],
        )
        for row in facts.due
    ]
    shown: Component = html.P(t("calendar.nothing_due"), className="empty")
    if table:
        shown = data_table(Table(title, columns, table), t)
    return html.Section(
        [html.Header(html.H2(title)), html.P(t("calendar.due.note"), className="note"), shown],
        className="card one",
        id="due",
    )


def fates(facts: CalendarFacts, country: Country, t: Translator) -> Component | None:
    """What became of the returns of the last periods, the area's own and those below it."""
    if not facts.fates:
        return None
    title = t("calendar.fates")
    columns = [
        Column("period", t("column.period"), "text"),
        Column("dataset", t("column.dataset"), "text"),
        Column("expected", t("column.expected")),
        *(Column(fate, t(f"calendar.column.{fate}")) for fate in FATES),
    ]
    table: list[tuple[Cell, ...]] = []
    counted: dict[str, int] = {}
    for row in facts.fates:
        counted[row["dataset"]] = counted.get(row["dataset"], 0) + 1
        if counted[row["dataset"]] <= _MOST_PERIODS:
            kind = t(f"dataset.{row['dataset']}")
            table.append((t.period(row["period"]), kind, row["expected"], *(row[fate] for fate in FATES)))
    return html.Section(
        [
            html.Header(html.H2(title)),
            html.P(t("calendar.fates.note"), className="note"),
            data_table(Table(title, columns, table), t),
        ],
        className="card one",
        id="fates",
    )


def what(row: dict[str, Any], country: Country, t: Translator) -> str:
    """The scheme of a row, or its dataset where there is none."""
    scheme = next((s for s in country.schemes if s.id == row["scheme"]), None)
    return t.name(scheme.names) if scheme else t(f"dataset.{row['dataset']}")
