"""The dashboard's server: `gunicorn dashboards.app:server`.

One Dash page whose content follows the address: the routes are in `router`, the pages in `pages`,
the HTTP API in `api`.
"""

from typing import Any

import dash_mantine_components as dmc
from dash import Dash, Input, Output, callback_context, dcc, html
from flask import Flask, Response, jsonify, request
from flask_wtf.csrf import generate_csrf
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from countries.country import current
from dashboards import theme
from dashboards.api import (
    api,
    reviews,  # noqa: F401  its routes join those of api
    submissions,  # noqa: F401  its routes join those of api
)
from dashboards.components.layout import shell
from dashboards.print import print_routes
from dashboards.server import callbacks, compression, registry, security, sessions
from dashboards.server.current_user import account
from dashboards.server.routing import LANGUAGE_COOKIE, page_of, status_of, view_of
from sala.translation.translator import translator
from sql import warehouse

_A_YEAR = 365 * 24 * 3600
_INDEX = """<!DOCTYPE html>
<html lang="{language}">
<head>
{{%metas%}}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="csrf-token" content="{token}">
<title>{{%title%}}</title>
{{%favicon%}}
<style>{variables}</style>
{{%css%}}
</head>
<body>
{{%app_entry%}}
<noscript>{noscript}</noscript>
<footer>{{%config%}}{{%scripts%}}{{%renderer%}}</footer>
</body>
</html>"""


class SalaDash(Dash):
    """Dash with a first page in the reader's language."""

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]
        """The HTML that loads the application."""
        language = view_of(request.path, request.query_string.decode()).language
        page = _INDEX.format(
            language=language,
            variables=theme.css_variables(),
            noscript=translator(language)("shell.noscript"),
            token=generate_csrf() if account() else "",
        )
        for name, content in parts.items():
            page = page.replace("{%" + name + "%}", content)
        return page


server = Flask(__name__)
app = SalaDash(
    __name__,
    server=server,  # type: ignore[arg-type]
    title="Sala",
    update_title="",
    suppress_callback_exceptions=True,
    serve_locally=True,
)
security.install(server)
sessions.install(server)
compression.install(server)
server.register_blueprint(print_routes.blueprint)
api.register(server)

app.layout = dmc.MantineProvider(
    [
        dcc.Location(id="address", refresh="callback-nav"),
        dcc.Store(id="head"),
        html.Div(html.Div(className="waiting", role="status"), id="page"),
    ],
    theme=theme.MANTINE,
    forceColorScheme="light",
)


@app.callback(
    Output("page", "children"),
    Output("head", "data"),
    Input("address", "pathname"),
    Input("address", "search"),
)
def show(path: str, search: str | None) -> tuple[Any, dict[str, object]]:
    """The page for the address, and what the window should say about it."""
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
    return shell(page, view, current(), t), head


callbacks.register(app)
registry.discover(server, app)
security.install_headers(server, app)


@server.get("/healthz")
def healthz() -> tuple[Response, int]:
    """200 while the warehouse answers, 503 while it does not."""
    try:
        with warehouse.acting(None) as connection:
            connection.execute(text("SELECT 1"))
    except (warehouse.NoWarehouse, DBAPIError):
        return jsonify(status="waiting", warehouse="does not answer"), 503
    return jsonify(status="ok"), 200


@server.after_request
def status_of_the_page(response: Response) -> Response:
    """Dash answers every address with its index; what is not there, or is not the reader's, must still say so."""
    if request.endpoint == "/<path:path>" and response.status_code == 200:
        response.status_code = status_of(request.path)
    return response
