"""A file is sent or only checked, and its verdict grows while one looks."""

from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State, no_update

from countries.country import current
from dashboards.pages.submissions.page import verdict
from dashboards.pages.submissions.sending import checked_verdict
from dashboards.queries.submissions import submission
from dashboards.server.view import view_of
from sala.translation.translator import translator


def register(app: Dash) -> None:
    """Register the callbacks of the submissions page with the application."""
    app.clientside_callback(
        ClientsideFunction("sala", "upload"),
        Output("upload-progress", "children"),
        Input("upload", "contents"),
        State("upload", "filename"),
        State("upload-messages", "data"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("sala", "check"),
        Output("checked", "data"),
        Input("check-upload", "contents"),
        State("check-upload", "filename"),
        State("upload-messages", "data"),
        prevent_initial_call=True,
    )
    app.callback(
        Output("checked-verdict", "children"),
        Input("checked", "data"),
        State("upload-messages", "data"),
        prevent_initial_call=True,
    )(_checked)
    app.callback(
        Output("verdict", "children"),
        Output("verdict-clock", "disabled"),
        Input("verdict-clock", "n_intervals"),
        State("verdict-of", "data"),
        prevent_initial_call=True,
    )(_verdict)


def _verdict(_ticks: int, shown: dict[str, str]) -> tuple[Any, bool]:
    receipt, language = shown["receipt"], shown["language"]
    view = view_of("/submissions", f"?lang={language}&receipt={receipt}")
    file, _ = submission(receipt)
    return verdict(receipt, view, current(), translator(language)), file.is_final


def _checked(body: dict[str, Any] | None, messages: dict[str, str]) -> Any:
    return no_update if body is None else checked_verdict(body, translator(messages["language"]))
