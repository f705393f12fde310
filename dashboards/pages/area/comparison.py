"""The areas below compared for one indicator: their order, what is said of each, their table."""

from dashboards.components.format_figure import said, says_nothing
from dashboards.components.table_data import Column, Table
from dashboards.models.area import Area
from dashboards.models.area_profile import AreaProfile
from dashboards.models.figure import MEN, TOTAL, WOMEN, Figure
from dashboards.server.view import View
from sala.translation.translator import Translator


def indicator_name(profile: AreaProfile, indicator: str, t: Translator) -> str:
    shown = profile.reference.indicator(indicator)
    return t.name(shown.titles, indicator) if shown else indicator


def area_label(area: Area, figure: Figure | None, t: Translator) -> str:
    if figure is None or says_nothing(figure):
        return t("places.spoken_nothing", area=t.name(area.names, area.code))
    return t(
        "places.spoken",
        area=t.name(area.names, area.code),
        value=said(figure, t),
        share=t.percent(figure.completeness),
    )


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
    return Table(indicator_name(profile, indicator, t), columns, rows, hrefs)
