"""Contracts: what a row of a dataset is, as JSON Schema."""

from typing import Any

from flask import Response, jsonify
from pydantic import Field, RootModel

from countries.country import current
from dashboards.api.fields import Sent, Text
from dashboards.api.language import LanguageQuery
from dashboards.api.resource import answers, resource
from validators.contracts.contract import contract, contracts
from validators.outputs.json_schema import schema

blueprint = resource("contracts")


class Path(Sent):
    """A dataset by its name."""

    dataset: Text = Field(json_schema_extra={"examples": [*contracts()]})


class JsonSchema(RootModel[dict[str, Any]]):
    """JSON Schema (2020-12) of one row."""


@blueprint.get("/contracts/<dataset>", responses=answers({200: JsonSchema}, 404))
def get_contract(path: Path, query: LanguageQuery) -> Response:
    """A row of a dataset as JSON Schema."""
    return jsonify(schema(contract(path.dataset), current(), query.chosen))
