"""Where persons live whom lists of two areas name: the signed adjustments, and the form of those who may decide."""

from dash import html

from countries.model import Country
from dashboards.components.form import form, line, text_area
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.pages.residence.queries import adjustments
from dashboards.server.current_user import person
from dashboards.server.forms import outcome
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator


@page("/residence", menu=60, group="data", may="place")
def residence_page(view: View, country: Country, t: Translator) -> Page:
    """The adjustments that the reader sees of a period, and the form."""
    title = t("residence.title")
    rows = adjustments(view.period)
    period = rows[0]["period"] if rows else view.period or ""
    columns = (
        Column("area_code", t("column.area"), "text"),
        Column("other_area_code", t("residence.other"), "text"),
        Column("scheme", t("column.scheme"), "text"),
        Column("persons", t("residence.persons")),
        Column("decided_by", t("residence.decided_by"), "text"),
        Column("because", t("residence.because"), "text"),
    )
    table = [
        (
            row["area_code"],
            row["other_area_code"],
            t.name(country.scheme(row["scheme"]).names, row["scheme"]),
            row["persons"],
            t("residence.rule") if row["decided_by"] == "rule" else row["decided_by"],
            row["because"] or "–",
        )
        for row in rows
    ]
    shown = data_table(Table(title, columns, table), t) if rows else html.P(t("residence.none"))
    fields = [
        line("of", t("column.period"), value=period),
        line("area", t("residence.lives_in")),
        line("other", t("residence.and_not_in")),
        text_area("because", t("residence.because")),
    ]
    body = [
        html.H1(title, id="headline", tabIndex=-1),
        html.P(t("residence.lede"), className="lede"),
        *outcome(view, t, "residence"),
        html.Section(shown, className="card one"),
    ]
    if "place" in person().actions:
        decide = form("/residence/decide", fields, t("residence.decide"), view, strong=True)
        body.append(html.Section(decide, className="card one"))
    return Page(title=title, body=body, section="residence")
