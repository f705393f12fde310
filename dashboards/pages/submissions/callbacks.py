"""A file is sent or only checked, and its verdict grows while one looks."""

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, no_update

from countries.country import current
from dashboards.pages.submissions.page import checked, verdict
from dashboards.pages.submissions.queries import FINAL, one
from dashboards.server.view import view_of
from sala.translation.translator import translator


def register(app: Dash) -> None:
    """Put them on the application."""
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
        Output("verdict", "children"),
        Output("verdict-clock", "disabled"),
        Input("verdict-clock", "n_intervals"),
        State("verdict-of", "data"),
        prevent_initial_call=True,
    )(_verdict)


def _verdict(_ticks: int, asked: dict[str, str]) -> tuple[Any, bool]:
    file, _ = one(asked["receipt"], 0)
    view = view_of("/submissions", f"?lang={asked['language']}&receipt={asked['receipt']}")
    t = translator(asked["language"])
    return verdict(asked["receipt"], current(), t, view), file.state in FINAL


def _checked(body: dict[str, Any] | None, said: dict[str, str]) -> Any:
    return no_update if body is None else checked(body, translator(said["language"]))
