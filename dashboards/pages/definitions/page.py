"""The definitions of the country's indicators: a list of all, and a page of each, with what divides it."""

from dash import dcc, html

from countries.declarations.indicators import Indicator
from countries.indicator_definition import one
from countries.model import Country
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.pages.definitions.queries import denominators
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.errors import NotFound
from sala.translation.translator import Translator


@page("/definitions")
def definitions_page(view: View, country: Country, t: Translator) -> Page:
    """Every indicator by its title."""
    links = [
        html.Li(dcc.Link(t.name(i.title, i.id), href=view.href(f"/definitions/{i.id}")))
        for i in country.indicators
    ]
    body = [
        html.H1(t("definition.title"), id="headline", tabIndex=-1),
        html.Section(html.Ul(links), className="card prose"),
    ]
    return Page(title=t("definition.title"), body=body, section="coverage")


def _indicator(country: Country, name: str) -> Indicator:
    indicator = next((i for i in country.indicators if i.id == name), None)
    if indicator is None:
        raise NotFound("unknown_indicator", what=name)
    return indicator


@page("/definitions/<name>", about=_indicator)
def definition_page(view: View, country: Country, t: Translator, name: str) -> Page:
    """One indicator. Raises NotFound for an id that the country does not declare."""
    indicator = _indicator(country, name)
    title = t.name(indicator.title, indicator.id)
    body = [
        html.P(dcc.Link(t("definition.title"), href=view.href("/definitions"))),
        html.H1(title, id="headline", tabIndex=-1),
        html.Section(
            dcc.Markdown(one(indicator, country, t).split("\n", 1)[1]),
            className="card prose definition-table",
        ),
        *([_divides(indicator, country, t)] if indicator.population else []),
    ]
    return Page(title=title, body=body, section="coverage")


def _divides(indicator: Indicator, country: Country, t: Translator) -> html.Section:
    """The populations by which it divides in the whole country, with where they come from."""
    columns = (
        Column("year", t("denominator.year"), "text"),
        Column("persons", t("column.persons")),
        Column("status", t("column.status"), "text"),
        Column("sources", t("definition.source"), "text"),
        Column("known_from", t("denominator.known_from"), "date"),
    )
    rows = []
    for row in denominators(indicator.id, country.root):
        status = t(f"population_status.{row['status']}")
        if row["status"] == "I":
            status = t("denominator.between", status=status, years=" – ".join(map(str, row["from_years"])))
        sources = " · ".join(row["sources"])
        rows.append((str(row["year"]), row["persons"], status, sources, row["known_from"].date()))
    rule = country.population.between_years if country.population else "earlier"
    href = f"/api/v1/denominators?indicator={indicator.id}&area_code={country.root}&format=csv"
    table = [
        data_table(Table(t("denominator.title"), columns, rows), t),
        html.A(t("denominator.download"), href=href),
    ]
    return html.Section(
        [
            html.H2(t("denominator.title")),
            html.P(t(f"denominator.{rule}")),
            *(table if rows else [html.P(t("denominator.none"))]),
        ],
        className="card",
    )
