"""The search for an area, above every page: a plain form that suggests while one types (assets/area_search.js)."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.aria import aria
from dashboards.components.form import hidden_field
from dashboards.server.view import View
from sala.translation.translator import Translator


def area_search(view: View, t: Translator) -> Component:
    """A field for a name or a code in any language; what is found leads to the area's page."""
    given: dict[str, Any] = {"value": view.words} if view.path == "/search" and view.words else {}
    box = dcc.Input(
        type="search",
        name="words",
        id="area-words",
        placeholder=t("search.label"),
        autoComplete="off",
        maxLength=80,
        **given,
    )
    return html.Form(
        [
            html.Label(t("search.label"), htmlFor="area-words", className="unseen"),
            box,
            hidden_field("lang", view.language, "search"),
            html.Div(className="found", **aria(live="polite")),
        ],
        action="/search",
        method="get",
        className="area-search",
        role="search",
    )
