"""The periods of one indicator in one area, as a table."""

from dashboards.components.table_data import Column, Table
from dashboards.models.area_profile import AreaProfile
from dashboards.models.figure import MEN, WOMEN
from dashboards.models.reference import Indicator
from sala.translation.translator import Translator


def history_table(profile: AreaProfile, indicator: Indicator, t: Translator) -> Table:
    """The periods of one indicator in one area, newest first: women, men and all, bounds, completeness."""
    columns = (
        Column("period", t("column.period"), "text"),
        Column("women", t("column.women"), "figure"),
        Column("men", t("column.men"), "figure"),
        Column("value", t("column.all"), "figure"),
        Column("bounds", t("column.bounds"), "bounds"),
        Column("completeness", t("column.completeness"), "share"),
        Column("status", t("column.status"), "text"),
    )
    rows = [
        (
            t.period(total.period),
            profile.figure(indicator.id, WOMEN, period=total.period),
            profile.figure(indicator.id, MEN, period=total.period),
            total,
            total,
            total.completeness,
            t(f"status.{total.status}"),
        )
        for total in reversed(profile.history(indicator.id))
    ]
    return Table(t.name(indicator.titles, indicator.id), columns, rows)
