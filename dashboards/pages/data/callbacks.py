"""The grid asks for the rows that are scrolled into view."""

from typing import Any

from dash import Dash, Input, Output, State, no_update

from dashboards.pages.data.models import Shown, Slice
from dashboards.pages.data.page import slice_of


def register(app: Dash) -> None:
    """Register the callback of the grid with the application."""
    app.callback(
        Output("grid", "getRowsResponse"),
        Input("grid", "getRowsRequest"),
        State("grid-of", "data"),
        prevent_initial_call=True,
    )(_slice)


def _slice(request: Slice | None, shown: Shown) -> Any:
    return no_update if request is None else slice_of(request, shown)
