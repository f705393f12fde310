"""A contract as JSON Schema, for the API's description and for other programs."""

from typing import Any

from countries.model import Country
from validators.contracts.contract import Column, Contract, in_language
from validators.values import accepted, codes

TYPES = {"count": "integer", "year": "integer", "money": "number", "percent": "number", "number": "number"}
FORMS = {"M": "[0-9]{4}-(0[1-9]|1[0-2])", "Y": "[0-9]{4}", "W": "[0-9]{4}-W(0[1-9]|[1-4][0-9]|5[0-3])"}


def schema(contract: Contract, country: Country, language: str = "en") -> dict[str, Any]:
    """JSON Schema (2020-12) of one row of a dataset."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": in_language(contract.title, language),
        "description": in_language(contract.description, language),
        "type": "object",
        "required": list(contract.required),
        "additionalProperties": False,
        "properties": {
            column.name: _property(column, country, language) for column in accepted(contract, country)
        },
    }


def _property(column: Column, country: Country, language: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "title": in_language(column.label, language),
        "description": in_language(column.description, language),
        "type": TYPES.get(column.type, "string"),
    }
    if allowed := codes(column, country):
        described["enum"] = list(allowed)
    if column.kinds:
        described["pattern"] = f"^({'|'.join(FORMS[kind] for kind in column.kinds)})$"
    if column.type == "date":
        described["format"] = "date"
    limits = {
        "minimum": column.minimum,
        "maximum": column.maximum,
        "maxLength": column.maximum_length,
        "x-unit": country.currency if column.unit == "currency" else column.unit,
    }
    return described | {name: limit for name, limit in limits.items() if limit is not None}
