"""What every page does in the browser: the window says where one is, and a choice changes the address.

And how a callback that cannot do what was asked answers.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State

from dashboards.server.trouble import TROUBLES, refusal_of

_Callback = Callable[..., Any]


def register(app: Dash) -> None:
    """Register the callbacks of the frame with the application."""
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


def answer_refusals(answer: Callable[[str], Any] = str) -> Callable[[_Callback], _Callback]:
    """Decorate a callback whose last argument is its page's data: a refusal becomes what `answer` makes of its
    text, in the language of the page."""

    def decorated(callback: _Callback) -> _Callback:
        @wraps(callback)
        def answered(*arguments: Any) -> Any:
            try:
                return callback(*arguments)
            except TROUBLES as trouble:
                return answer(refusal_of(trouble).text(arguments[-1].language))

        return answered

    return decorated
