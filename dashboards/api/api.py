"""The HTTP API under /api/v1, and its description, which is generated from the models of its resources.

Pages and programs use the same calls; errors are application/problem+json (dashboards.server.problems).
"""

from typing import Any, cast

from flask import Response, current_app, jsonify
from flask_openapi import Info, OpenAPI, SecurityScheme

from countries.country import current
from dashboards.api import (
    contracts,
    corrections,
    denominators,
    entry_sheets,
    indicators,
    marts,
    mending,
    metrics,
    plan,
    releases,
    residences,
    reviews,
    scheme_totals,
    submissions,
    templates,
)
from dashboards.api.fields import Sent, Text
from dashboards.api.resource import resource
from dashboards.server import problems
from sala.errors import NotFound
from validators.contracts.contract import contracts as all_contracts
from validators.outputs.json_schema import schema

RESOURCES = (
    submissions,
    corrections,
    mending,
    reviews,
    indicators,
    marts,
    denominators,
    plan,
    scheme_totals,
    releases,
    residences,
    templates,
    entry_sheets,
    contracts,
    metrics,
)
_SECURITY: dict[str, SecurityScheme | dict[str, Any]] = {
    "password": {"type": "http", "scheme": "basic", "description": "Name and password of an account."},
    "token": {"type": "http", "scheme": "bearer", "description": "A token of an account: `sala_…`."},
}


class Address(Sent):
    """What stands after /api/v1/."""

    name: Text


_meta = resource("description")


def make_server(name: str) -> OpenAPI:
    """A Flask server that can describe the API."""
    server = OpenAPI(
        name,
        info=Info(title="Sala", version="1", description="Files in, verdicts and indicators out."),
        security_schemes=_SECURITY,
        validation_error_status=400,
        validation_error_model=problems.Problem,
        validation_error_callback=problems.invalid,
        doc_ui=False,
    )
    server.openapi_version = "3.1.0"  # flask-openapi writes 3.2.0, of which nothing is used here
    return server


def register(server: OpenAPI) -> None:
    """Put the API on the server."""
    for module in RESOURCES:
        server.register_api(module.blueprint)
    server.register_api(_meta)


def document(server: OpenAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 description, with a row of each dataset as its contract declares it for this country."""
    rows = {name: schema(contract, current()) for name, contract in all_contracts().items()}
    described: dict[str, Any] = server.api_doc
    components = described["components"]
    return described | {"components": components | {"schemas": components["schemas"] | rows}}


@_meta.get("/openapi.json", doc_ui=False)
def openapi() -> Response:
    """The description of all this."""
    return jsonify(document(cast(OpenAPI, current_app)))


@_meta.get("/<path:name>", doc_ui=False)
def nothing_there(path: Address) -> Response:
    """Otherwise the pages, which answer every address, would."""
    raise NotFound("no_such_call", name=path.name)
