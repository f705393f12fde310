"""From an address to a page, and to the status that says whether there is one."""

from typing import Any

from dash import Input, Output, callback_context, html
from dash.development.base_component import Component
from flask import Flask, Response, request
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect

from countries.country import current
from dashboards.components.layout import layout
from dashboards.queries.access import must_read
from dashboards.queries.worklist import tasks
from dashboards.server.current_user import account, person
from dashboards.server.index import SalaDash
from dashboards.server.page import Page
from dashboards.server.registry import HOME, Route, match
from dashboards.server.sessions import PASSWORD, SECOND_FACTOR
from dashboards.server.trouble import TROUBLES, refusal_of, trouble_page
from dashboards.server.view import LANGUAGE_COOKIE, View, view_of
from sala import errors
from sala.translation.translator import translator

_A_YEAR = 365 * 24 * 3600


def _open(path: str) -> tuple[Route, dict[str, Any]]:
    """The route of an address and the values in it. Raises a refusal where it is none or not the reader's.

    An address with a `code` is about that area, so whoever may not read it does not get the page.
    """
    try:
        route, values = match(path)
    except NotFound:
        raise errors.NotFound("unknown_address", what=path) from None
    if not route.is_open_to(person()):
        raise errors.NotAllowed("page_not_open", what=path)
    if "code" in values:
        must_read(values["code"])
    if route.about is not None:
        route.about(current(), **values)
    return route, values


def status_of(path: str) -> int:
    """The HTTP status of an address: 404 for no such page, area or indicator, 403 for what is not the reader's."""
    try:
        _open(path)
    except RequestRedirect:
        return 200
    except TROUBLES as trouble:
        return refusal_of(trouble).status
    return 200


def page_of(view: View) -> Page:
    """The page for a view; trouble is a page too."""
    t = translator(view.language)
    user = account()
    path = view.path
    if user is not None and user.unfinished:  # until it is done there is nothing else
        path = SECOND_FACTOR if user.must_prove else PASSWORD
    elif user is not None and path == "/" and not (view.period or view.indicator):
        path = HOME
    try:
        route, values = _open(path)
        return route.maker(view, current(), t, **values)
    except TROUBLES as trouble:
        return trouble_page(refusal_of(trouble), view, t)


def headline_of(view: View) -> str:
    """The words of the headline of a view's page."""
    body = page_of(view).body
    try:
        return _words(html.Div(body if isinstance(body, Component) else list(body))["headline"])
    except KeyError:
        return ""


def _words(part: Any) -> str:
    if isinstance(part, Component):
        return _words(getattr(part, "children", None))
    if isinstance(part, list | tuple):
        return "".join(map(_words, part))
    return "" if part is None else str(part)


def install(server: Flask, app: SalaDash) -> None:
    """Fill the frame with the page of each address, and give the address its status."""
    app.callback(
        Output("page", "children"),
        Output("head", "data"),
        Input("address", "pathname"),
        Input("address", "search"),
    )(_show)
    app.headline = headline_of
    server.after_request(_status_of_the_page)


def _show(path: str | None, search: str | None) -> tuple[Any, dict[str, object]]:
    """The page for the address, and what the window should say about it."""
    path = path or "/"
    view = view_of(path, search)
    if view.chosen_language:
        callback_context.response.set_cookie(LANGUAGE_COOKIE, view.language, max_age=_A_YEAR, samesite="Lax")
    page = page_of(view)
    t = translator(view.language)
    head: dict[str, object] = {
        "title": f"{page.title} · Sala",
        "language": view.language,
        "path": path,
        "chosen": page.chosen,
    }
    return layout(page, view, current(), t, len(tasks())), head


def _status_of_the_page(response: Response) -> Response:
    """Dash answers every address with its index; what is not there, or is not the reader's, must still say so."""
    if request.endpoint == "/<path:path>" and response.status_code == 200:
        response.status_code = status_of(request.path)
    return response
