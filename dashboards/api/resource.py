"""What every resource of the API has in common: its place, who may call it, the problems that it can answer."""

from http import HTTPStatus
from typing import Any, cast

from flask import current_app, request
from flask_openapi import APIBlueprint, OpenAPI
from flask_openapi.models import MediaType, Operation
from flask_openapi.models import Response as Answer
from flask_openapi.types import ResponseDict
from flask_openapi.utils import get_responses, parse_rule
from pydantic import BaseModel

from dashboards.server.kept_text import can_be_kept
from dashboards.server.problems import MEDIA_TYPE, install_for_api
from sala.errors import Refusal, WrongMedia

PREFIX = "/api/v1"
ANYBODY: list[dict[str, list[str]]] = [{}, {"password": []}, {"token": []}]
"""Visitors too: what they may read is decided for every row."""


def resource(name: str) -> APIBlueprint:
    """A blueprint under /api/v1, with the answers that every call of it can give."""
    blueprint = APIBlueprint(
        f"api_{name}",
        __name__,
        url_prefix=PREFIX,
        abp_tags=[{"name": name}],
        abp_security=ANYBODY,
        abp_responses=problems(400, 401, 403, 429, 503),
    )
    blueprint.before_request(_keep_to_the_description)
    install_for_api(blueprint)
    return blueprint


def problems(*statuses: int) -> ResponseDict:
    """The answers of these statuses, each a problem, for the description of a call."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        str(status): {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in statuses
    }


def answers(good: ResponseDict, *statuses: int) -> ResponseDict:
    """The answers of a call beside those that every call can give: good ones by status, and problems."""
    return good | problems(*statuses)


def media(*types: str) -> dict[str, Any]:
    """An answer that is no JSON, for the description of a call."""
    return {"description": "The file", "content": {kind: {"schema": {}} for kind in types}}


def also(blueprint: APIBlueprint, model: type[BaseModel], kind: str) -> Answer:
    """An answer of a model as JSON, or of another media type, for the description of a call."""
    described = Operation()
    get_responses({"200": model}, blueprint.components_schemas, described)
    assert described.responses is not None
    answer = described.responses["200"]
    answer.content = (answer.content or {}) | {kind: MediaType()}
    return answer


def optional_body(model: str) -> dict[str, Any]:
    """A JSON body that may be left out, for the description of a call."""
    schema = {"$ref": f"#/components/schemas/{model}"}
    return {"required": False, "content": {"application/json": {"schema": schema}}}


def _keep_to_the_description() -> None:
    """Refuse a parameter that the description does not know: it is misspelt, or was meant for something else.

    And a body in another form, and JSON that cannot be read, which flask-openapi would take for no body at all.
    """
    rule = parse_rule(str(request.url_rule))
    method = "get" if request.method == "HEAD" else request.method.lower()
    described = cast(OpenAPI, current_app).api_doc["paths"].get(rule, {}).get(method)
    if described is None:  # the description itself
        return
    documented = {part["name"] for part in described.get("parameters", ()) if part["in"] == "query"}
    if unknown := sorted(set(request.args) - documented):
        raise Refusal("unknown_parameter", unknown=unknown, documented=sorted(documented) or ["–"])
    if not request.content_length or "requestBody" not in described:
        return
    (read,) = described["requestBody"]["content"]
    if request.mimetype != read:
        raise WrongMedia("wrong_media", media=read)
    if read == "application/json" and not can_be_kept(request.get_json()):
        raise Refusal("text_not_kept")
