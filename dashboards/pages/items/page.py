"""Items of an area: what it holds, what it passed on, what is overdue below it, what came back with an answer."""

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.components.breadcrumb import area_breadcrumb
from dashboards.pages.items.item_lists import item_lists
from dashboards.pages.items.question import question_form
from dashboards.queries.access import must_read
from dashboards.queries.places import places
from dashboards.queries.reference import reference
from dashboards.server.current_user import acting, person
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator


@page("/items", "/items/<code>", menu=20, group="committee")
def items_page(view: View, country: Country, t: Translator, code: str | None = None) -> Page:
    """The items of the area `code`; None is the reader's own."""
    code = code or person().area_code or country.root
    must_read(code)
    with acting() as connection:
        above, _ = places(connection, code, None)
        layers = reference(connection).layers
    area = above[-1]
    title = t("items.headline", area=t.name(area.names, area.code))
    parts: list[Component] = [
        area_breadcrumb(above[:-1], area, lambda step: view.href(f"/items/{step}"), t),
        html.H1(title, id="headline", tabIndex=-1),
        html.P(t("items.lede"), className="lede"),
        dcc.Store(id="items-of", data={"code": area.code, "language": t.language}),
        html.P(id="items-message", className="note", role="status", **aria(live="polite")),
        html.Div(item_lists(area.code, country, t), id="items-lists"),
    ]
    if person().may("draft", area.code) and area.depth > 0:
        parts.append(question_form(area, layers, t))
    return Page(title=title, body=parts, section="items")
