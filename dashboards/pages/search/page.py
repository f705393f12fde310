"""What a search for an area found."""

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.pages.search.queries import FoundArea, search_areas
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator


@page("/search")
def search_page(view: View, country: Country, t: Translator) -> Page:
    """The areas found, each with its layer and the area above it."""
    words = (view.words or "").strip()
    areas = search_areas(words)
    headline = t("search.headline", n=len(areas), words=words) if areas else t("search.nothing", words=words)
    body: list[Component] = [html.H1(headline, id="headline", tabIndex=-1)]
    if areas:
        lines = [_line(area, view, t) for area in areas]
        body.append(html.Section(html.Ul(lines, className="items tasks"), className="card one"))
    else:
        body.append(html.P(t("search.how"), className="lede"))
    return Page(title=t("search.label"), body=body, section="search")


def _line(area: FoundArea, view: View, t: Translator) -> Component:
    return html.Li(
        [
            html.I(className="mark calm"),
            html.Div(
                [
                    dcc.Link(t.name(area.names, area.area_code), href=view.area_href(area.area_code)),
                    html.Small(place_of(area, t)),
                ]
            ),
        ]
    )


def place_of(area: FoundArea, t: Translator) -> str:
    """Layer, code and the area above."""
    above = t.name(area.above_names) if area.above_names else ""
    return " · ".join(part for part in (t.name(area.layer), area.area_code, above) if part)
