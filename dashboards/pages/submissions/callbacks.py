"""A file is sent or only checked, and its verdict grows while one looks."""

from typing import Any
from urllib.parse import urlencode

from dash import ClientsideFunction, Dash, Input, Output, State, no_update

from countries.country import current
from dashboards.pages.submissions.models import CheckedFile
from dashboards.pages.submissions.page import mending_place, verdict
from dashboards.pages.submissions.progress import is_done
from dashboards.pages.submissions.queries import periods_of
from dashboards.pages.submissions.sending import checked_verdict
from dashboards.queries.submissions import submission
from dashboards.server.callback_requests import Clicks, Language, Sent
from dashboards.server.view import view_of
from sala.translation.translator import translator


class _Shown(Sent):
    """Whose verdict the page shows."""

    receipt: str
    language: Language


class _Messages(Sent):
    """The page's language."""

    language: Language


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
        Output("mend", "children"),
        Output("verdict-clock", "disabled"),
        Input("verdict-clock", "n_intervals"),
        State("verdict-of", "data"),
        State("mend", "children"),
        prevent_initial_call=True,
    )(_verdict)


def _verdict(_ticks: Clicks, shown: _Shown, mending: Any) -> tuple[Any, Any, bool]:
    receipt, language = shown.receipt, shown.language
    view = view_of("/submissions", "?" + urlencode({"lang": language, "receipt": receipt}))
    file, _ = submission(receipt)
    t = translator(language)
    place = no_update if mending else mending_place(file, view, t)  # somebody may be typing in it
    return verdict(receipt, view, current(), t), place, is_done(file, periods_of(receipt))


def _checked(body: CheckedFile | None, messages: _Messages) -> Any:
    return no_update if body is None else checked_verdict(body, translator(messages.language))
