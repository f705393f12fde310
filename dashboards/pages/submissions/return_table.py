"""A table with a return a row: its area, scheme and period first, then what is to be said of it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from dash.development.base_component import Component

from dashboards.components.table import data_table
from dashboards.components.table_data import Cell, Column, Table
from dashboards.pages.submissions.models import OfReturn
from sala.translation.translator import Translator

_Row = TypeVar("_Row", bound=OfReturn)


def return_table(
    title: str,
    rows: Sequence[_Row],
    columns: Sequence[Column],
    cells: Callable[[_Row], tuple[Cell, ...]],
    t: Translator,
) -> Component:
    """`columns` and `cells` are what comes after the return itself."""
    named = (
        Column("area", t("column.area"), "text"),
        Column("scheme", t("column.scheme"), "text"),
        Column("period", t("column.period"), "text"),
    )
    lines = [
        (
            t.name(row.names, row.area_code),
            t.name(row.scheme, "–") if row.scheme else "–",
            t.period(row.period),
            *cells(row),
        )
        for row in rows
    ]
    return data_table(Table(title, (*named, *columns), lines), t)
