"""What happens after a page is there: charts and choices lead on, a verdict grows, a grid is scrolled."""

from typing import Any
from urllib.parse import unquote, urlsplit

from dash import ALL, MATCH, ClientsideFunction, Dash, Input, Output, State, no_update

from countries.country import current
from dashboards.frame.table import data_table
from dashboards.page_tables import page_table
from dashboards.pages.data import slice_of
from dashboards.pages.submissions import checked, verdict
from dashboards.queries.submissions import FINAL, one
from dashboards.router import view_of
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
    app.clientside_callback(
        ClientsideFunction("sala", "check"),
        Output("checked", "data"),
        Input("check-upload", "contents"),
        State("check-upload", "filename"),
        State("upload-words", "data"),
        prevent_initial_call=True,
    )
    app.callback(
        Output("checked-verdict", "children"),
        Input("checked", "data"),
        State("upload-words", "data"),
        prevent_initial_call=True,
    )(_checked)
    app.callback(
        Output({"type": "table", "of": MATCH}, "children"),
        Input({"type": "open-table", "of": MATCH}, "n_clicks"),
        State({"type": "open-table", "of": MATCH}, "id"),
        prevent_initial_call=True,
    )(_table)
    app.callback(
        Output("verdict", "children"),
        Output("verdict-clock", "disabled"),
        Input("verdict-clock", "n_intervals"),
        State("verdict-of", "data"),
        prevent_initial_call=True,
    )(_verdict)
    app.callback(
        Output("grid", "getRowsResponse"),
        Input("grid", "getRowsRequest"),
        State("grid-of", "data"),
        prevent_initial_call=True,
    )(_slice)


def _table(clicks: int, asked: dict[str, str]) -> Any:
    """The table that the file at an address holds; closing it and opening it again asks nothing."""
    if clicks != 1:
        return no_update
    address = urlsplit(asked["of"])
    view = view_of(address.path, address.query)
    _, _, name, file = address.path.split("/")
    spoken = words(view.language)
    made, _ = page_table(name, unquote(file.removesuffix(".csv")), view, spoken)
    return data_table(made, spoken)


def _verdict(_ticks: int, asked: dict[str, str]) -> tuple[Any, bool]:
    file, _ = one(asked["receipt"], 0)
    view = view_of("/submissions", f"?lang={asked['language']}&receipt={asked['receipt']}")
    spoken = words(asked["language"])
    return verdict(asked["receipt"], current(), spoken, view), file.state in FINAL


def _checked(body: dict[str, Any] | None, said: dict[str, str]) -> Any:
    return no_update if body is None else checked(body, words(said["language"]))


def _slice(request: dict[str, Any] | None, asked: dict[str, str]) -> Any:
    return no_update if request is None else slice_of(request, asked)
