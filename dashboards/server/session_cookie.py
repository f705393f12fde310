"""What the cookie of a session holds: its token, signed, and what a page keeps for its reader until the next one."""

from typing import Any

from flask import request, session

_TOKEN = "token"


def session_token() -> str | None:
    """The token of the session that the request's cookie names; whether it is still good, the warehouse knows."""
    token: str | None = session.get(_TOKEN)
    return token


def set_session_token(token: str) -> None:
    """Begin the cookie anew with this token."""
    session.clear()
    session.permanent = True
    session[_TOKEN] = token


def shown_once(name: str) -> Any:
    """What is kept for the reader under a name, for the page that shows it; None where there is nothing.

    The first HTML of an address, which holds no more than the headline, leaves it for the page that follows.
    """
    return session.get(name) if request.method == "GET" else session.pop(name, None)
