"""What every page does in the browser: the window says where one is, and a choice changes the address."""

from dash import ALL, ClientsideFunction, Dash, Input, Output, State


def register(app: Dash) -> None:
    """Put them on the application."""
    app.clientside_callback(ClientsideFunction("sala", "head"), Output("head", "id"), Input("head", "data"))
    app.clientside_callback(
        ClientsideFunction("sala", "choose"),
        Output("address", "search"),
        Input({"type": "choice", "name": ALL}, "value"),
        State({"type": "choice", "name": ALL}, "id"),
        State("address", "search"),
        State("head", "data"),
        prevent_initial_call=True,
    )
