"""The index of how reporting is managed, with its parts."""

from dash.development.base_component import Component

from countries.country import current
from countries.declarations.management_index import PARTS
from countries.model import Country
from dashboards.components.table_data import Cell, Column, Table
from dashboards.pages.calendar.models import ReportingCalendar
from dashboards.pages.calendar.table_card import area_hrefs, area_name, own_first, table_card
from dashboards.server.view import View
from sala.translation.translator import Translator


def management_index(
    calendar: ReportingCalendar, country: Country, view: View, t: Translator
) -> Component | None:
    """The index of the area and of those right below it, every part beside it."""
    if not calendar.index or country.management_index is None:
        return None
    index = country.management_index
    terms = " + ".join(
        t("index.part", part=_name(name, country, t), weight=t.percent(index.weights[name]))
        for name in index.names
        if name in index.weights
    )
    factors = [
        _name(factor.of, country, t)
        if factor.at_least is None
        else t("index.yes_or_no", part=_name(factor.of, country, t), least=t.number(factor.at_least))
        for factor in index.factors
    ]
    formula = " × ".join([f"({terms})", *factors]) if factors else terms
    note = t(
        "index.note",
        formula=formula,
        grace=t.percent(index.in_grace),
        least=t.number(index.least_parts),
    )
    if index.money:
        minima = [
            t("index.minimum", part=_name(name, country, t), least=t.percent(least))
            for name, least in index.minima.items()
        ]
        per = _name(index.money.per, country, t)
        amount = t.number(index.money.amount, 2)
        note += " " + t("index.money_note", amount=amount, currency=country.currency, per=per)
        if minima:
            note += " " + t("index.minima_note", minima=", ".join(minima))
    return table_card("index", calendar, view, t, index_table, note)


def _name(name: str, country: Country, t: Translator) -> str:
    """A part of the reporting, an indicator or the index itself, in words."""
    if name == "index":
        return t("index.title")
    return t(f"index.{name}") if name in PARTS else t.name(country.indicator(name).title, name)


def index_table(calendar: ReportingCalendar, view: View, t: Translator) -> Table:
    """An area a row, the area itself first: fractions, and which parts are left out for want of data."""
    country = current()
    index = country.management_index
    names = index.names if index else ()
    money = index.money if index else None
    columns = [
        Column("area", t("column.area"), "text"),
        Column("area_code", t("column.code"), "text"),
        Column("index", t("index.title"), "share"),
        *(Column(name, _name(name, country, t), "share") for name in names),
        *([Column("money", t("index.money", currency=country.currency))] if money else []),
        *([Column("below_minimum", t("index.below_minimum"), "text")] if money else []),
        Column("zero_first", t("index.zero_first")),
        Column("left_out", t("index.left_out"), "text"),
    ]
    table: list[tuple[Cell, ...]] = []
    for row in own_first(calendar.index, calendar):
        below, left = (
            ", ".join(_name(name, country, t) for name in row[column]) or "–"
            for column in ("below_minimum", "left_out")
        )
        values = (row["index"], *(row["terms"].get(name) for name in names))
        paid = (row["money"], below) if money else ()
        table.append((area_name(row, calendar, t), row["area_code"], *values, *paid, row["zero_first"], left))
    return Table(t("index.title"), columns, table, area_hrefs(calendar.index, calendar, view))
