"""The definitions of the country's indicators: a list of all, and a page of each."""

from dash import dcc, html

from countries.indicator_definition import one
from countries.model import Country
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


@page("/definitions/<name>")
def definition_page(view: View, country: Country, t: Translator, name: str) -> Page:
    """One indicator. Raises NotFound for an id that the country does not declare."""
    indicator = next((i for i in country.indicators if i.id == name), None)
    if indicator is None:
        raise NotFound("unknown_indicator", what=name)
    title = t.name(indicator.title, indicator.id)
    body = [
        html.P(dcc.Link(t("definition.title"), href=view.href("/definitions"))),
        html.H1(title, id="headline", tabIndex=-1),
        html.Section(
            dcc.Markdown(one(indicator, country, t).split("\n", 1)[1]),
            className="card prose definition-table",
        ),
    ]
    return Page(title=title, body=body, section="coverage")
