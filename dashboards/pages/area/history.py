"""The periods of one indicator in one area, as a table."""

from dashboards.components.table_data import Column, Table
from dashboards.models.figures import MEN, WOMEN, AreaFacts
from dashboards.models.reference import Indicator
from sala.translation.translator import Words


def history_table(facts: AreaFacts, indicator: Indicator, words: Words) -> Table:
    """The periods of one indicator in one area, newest first: women, men and all, bounds, completeness."""
    columns = (
        Column("period", words("column.period"), "text"),
        Column("women", words("column.women"), "figure"),
        Column("men", words("column.men"), "figure"),
        Column("value", words("column.all"), "figure"),
        Column("bounds", words("column.bounds"), "bounds"),
        Column("completeness", words("column.completeness"), "share"),
        Column("status", words("column.status"), "text"),
    )
    rows = [
        (
            words.period(total.period),
            facts.figure(indicator.id, WOMEN, period=total.period),
            facts.figure(indicator.id, MEN, period=total.period),
            total,
            total,
            total.completeness,
            words(f"status.{total.status}"),
        )
        for total in reversed(facts.history(indicator.id))
    ]
    return Table(words.name(indicator.titles, indicator.id), columns, rows)
