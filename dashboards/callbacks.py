"""What happens after a page is there: charts and choices lead on, a verdict grows, a grid is scrolled."""

from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, no_update

from countries.country import current
from dashboards.pages.data import slice_of
from dashboards.pages.submissions import verdict
from dashboards.queries.submissions import FINAL, one
from dashboards.words import words


def register(app: Dash) -> None:
    """Put every callback but the router's on the application."""
    app.clientside_callback(ClientsideFunction("sala", "head"), Output("head", "id"), Input("head", "data"))
    app.clientside_callback(
        ClientsideFunction("sala", "go"),
        Output("address", "href"),
        Input({"type": "chart", "name": ALL}, "clickData"),
        State({"type": "chart", "name": ALL}, "id"),
        State({"type": "chart", "name": ALL}, "figure"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("sala", "choose"),
        Output("address", "search"),
        Input({"type": "choice", "name": ALL}, "value"),
        State({"type": "choice", "name": ALL}, "id"),
        State("address", "search"),
        State("head", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("sala", "upload"),
        Output("upload-said", "children"),
        Input("upload", "contents"),
        State("upload", "filename"),
        State("upload-words", "data"),
        prevent_initial_call=True,
    )
    app.callback(
        Output("verdict", "children"),
        Output("verdict-clock", "disabled"),
        Input("verdict-clock", "n_intervals"),
        State("verdict-of", "data"),
        prevent_initial_call=True,
    )(_verdict)
    app.callback(
        Output("grid", "getRowsResponse"), Input("grid", "getRowsRequest"), State("grid-of", "data")
    )(_slice)


def _verdict(_ticks: int, asked: dict[str, str]) -> tuple[Any, bool]:
    file, _ = one(asked["receipt"], 0)
    return verdict(asked["receipt"], current(), words(asked["language"])), file.state in FINAL


def _slice(request: dict[str, Any] | None, asked: dict[str, str]) -> Any:
    return no_update if request is None else slice_of(request, asked)
