"""The dashboard's server: `gunicorn dashboards.app:server`.

One Dash page whose content follows the address: `routing` finds the page, `pages` holds them, `api` the HTTP API.
"""

from dashboards import pages, routing
from dashboards.api import api
from dashboards.components import layout
from dashboards.print import print_routes
from dashboards.server import (
    body_limits,
    callback_requests,
    callbacks,
    compression,
    forms,
    health,
    problems,
    rate_limit,
    registry,
    security,
    sessions,
)
from dashboards.server.index import SalaDash

server = api.make_server(__name__)
app = SalaDash(
    __name__,
    server=server,  # type: ignore[arg-type]
    title="Sala",
    update_title="",
    suppress_callback_exceptions=True,
    serve_locally=True,
    assets_path_ignore=["on_demand"],  # these scripts come with what names them
)
security.install(server)
rate_limit.install(server)
sessions.install(server)
body_limits.install(server)
sessions.install_token_check(server)
callback_requests.install(server, app)
compression.install(server)
forms.install(server)
problems.install(server)
api.register(server)
server.register_blueprint(health.blueprint)
server.register_blueprint(print_routes.blueprint)

app.layout = layout.frame()
callbacks.register(app)
registry.discover(pages, server, app)
routing.install(server, app)
security.install_headers(server, app)
