"""What became of the returns of the last periods."""

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.table import data_table
from dashboards.components.table_data import Cell, Column, Table
from dashboards.pages.calendar.models import ReportingCalendar
from sala.translation.translator import Translator

OUTCOMES = ("on_time", "in_grace", "late", "awaited", "missing", "empty", "partial", "zero")
_MOST_PERIODS = 8  # of each dataset; older ones are in the warehouse


def outcomes(calendar: ReportingCalendar, country: Country, t: Translator) -> Component | None:
    """What became of the returns of the last periods, the area's own and those below it."""
    if not calendar.outcomes:
        return None
    title = t("calendar.fates")
    columns = [
        Column("period", t("column.period"), "text"),
        Column("dataset", t("column.dataset"), "text"),
        Column("expected", t("column.expected")),
        *(Column(outcome, t(f"calendar.column.{outcome}")) for outcome in OUTCOMES),
    ]
    table: list[tuple[Cell, ...]] = []
    counted: dict[str, int] = {}
    for row in calendar.outcomes:
        counted[row["dataset"]] = counted.get(row["dataset"], 0) + 1
        if counted[row["dataset"]] <= _MOST_PERIODS:
            kind = t(f"dataset.{row['dataset']}")
            table.append(
                (t.period(row["period"]), kind, row["expected"], *(row[outcome] for outcome in OUTCOMES))
            )
    return html.Section(
        [
            html.Header(html.H2(title)),
            html.P(t("calendar.fates.note"), className="note"),
            data_table(Table(title, columns, table), t),
        ],
        className="card one",
        id="fates",
    )
