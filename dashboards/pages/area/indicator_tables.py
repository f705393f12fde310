"""The tables of one indicator: the areas below compared, and the area's own periods."""

from dashboards.components.area_label import indicator_title
from dashboards.components.table_data import Column, Table
from dashboards.models.area_profile import AreaProfile
from dashboards.models.figure import MEN, TOTAL, WOMEN
from dashboards.models.reference import Indicator
from dashboards.server.view import View
from sala.translation.translator import Translator


def areas_table(profile: AreaProfile, indicator: str, view: View, t: Translator) -> Table:
    """The areas below for one indicator: women, men and all, bounds, persons counted, completeness."""
    columns = (
        Column("area", t("column.area"), "text"),
        Column("area_code", t("column.code"), "text"),
        Column("women", t("column.women"), "figure"),
        Column("men", t("column.men"), "figure"),
        Column("value", t("column.all"), "figure"),
        Column("bounds", t("column.bounds"), "bounds"),
        Column("numerator", t("column.numerator")),
        Column("denominator", t("column.denominator")),
        Column("completeness", t("column.completeness"), "share"),
    )
    rows, hrefs = [], []
    for area in profile.ranked(indicator):
        total, women, men = (profile.figure(indicator, sex, area.code) for sex in (TOTAL, WOMEN, MEN))
        counted = (total.numerator, total.denominator, total.completeness) if total else (None, None, None)
        rows.append((t.name(area.names, area.code), area.code, women, men, total, total, *counted))
        hrefs.append(view.area_href(area.code))
    return Table(indicator_title(profile.reference, indicator, t), columns, rows, hrefs)


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
