"""The table behind a chart is fetched when it is opened."""

from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

from dash import MATCH, Dash, Input, Output, State, no_update
from pydantic import Field

from dashboards.components.table import data_table
from dashboards.pages.area.tables import page_table
from dashboards.server.callback_requests import Clicks, Sent
from dashboards.server.view import view_of
from sala.translation.translator import translator


class _Opened(Sent):
    """Which table: the address of its file."""

    of: Annotated[str, Field(pattern=r"^/download/[^/?#]+/[^/?#]+(\?[^#]*)?$")]


def register(app: Dash) -> None:
    """Register the callbacks of an area's page with the application."""
    app.callback(
        Output({"type": "table", "of": MATCH}, "children"),
        Input({"type": "open-table", "of": MATCH}, "n_clicks"),
        State({"type": "open-table", "of": MATCH}, "id"),
        prevent_initial_call=True,
    )(_table)


def _table(clicks: Clicks, opened: _Opened) -> Any:
    """The table that the file at an address holds; closing it and opening it again asks nothing."""
    if clicks != 1:
        return no_update
    address = urlsplit(opened.of)
    view = view_of(address.path, address.query)
    _, _, name, file = address.path.split("/")
    t = translator(view.language)
    made, _ = page_table(name, unquote(file.removesuffix(".csv")), view, t)
    return data_table(made, t)
