"""What else is known of an area in the period: schemes one by one, money, payments, applications, reporting."""

from dash import html
from dash.development.base_component import Component

from dashboards.components.chart_frame import chart_frame
from dashboards.components.format_figure import measured
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.models.area_profile import AreaProfile
from dashboards.models.figure import MEN, TOTAL, WOMEN
from dashboards.models.reference import Indicator
from dashboards.server.view import View
from sala.translation.translator import Translator


def further_figures(profile: AreaProfile, view: View, t: Translator) -> Component | None:
    """A table of the indicators that have no card, each leading to its definition; None where none has a figure."""
    shown = _shown(profile)
    if not shown:
        return None
    columns = (
        Column("indicator", t("column.indicator"), "text"),
        Column("guarantee", t("column.guarantee"), "text"),
        Column("women", t("column.women"), "text"),
        Column("men", t("column.men"), "text"),
        Column("value", t("column.all"), "text"),
        Column("completeness", t("column.completeness"), "share"),
    )
    rows, hrefs = [], []
    for indicator in shown:
        total = profile.figure(indicator.id)
        figures = (profile.figure(indicator.id, sex) for sex in (WOMEN, MEN, TOTAL))
        rows.append(
            (
                t.name(indicator.titles, indicator.id),
                t(f"guarantee.{indicator.guarantee}") if indicator.guarantee else "",
                *(measured(figure, indicator.shown_in, t) for figure in figures),
                total.completeness if total else None,
            )
        )
        hrefs.append(view.href(f"/definitions/{indicator.id}", indicator=None, level=None))
    table = Table(t("further.title"), columns, rows, hrefs)
    return html.Div(
        chart_frame(
            t("further.title"),
            html.Details([html.Summary(t("further.show", n=len(rows))), data_table(table, t)]),
            t,
            id="further",
            note=t("further.note"),
        ),
    )


def _shown(profile: AreaProfile) -> list[Indicator]:
    return [
        indicator
        for indicator in profile.reference.indicators
        if not indicator.compared and (figure := profile.figure(indicator.id)) and figure.says_something
    ]
