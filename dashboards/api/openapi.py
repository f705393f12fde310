"""The OpenAPI 3.1 description of the HTTP API."""

from __future__ import annotations

from typing import Any

from dashboards.api import openapi_submissions
from validators.contracts.contract import contracts

PROBLEM = {
    "description": "What happened, and how to mend it",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}

REVIEWED = [
    {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
    for name in ("area", "dataset", "period")
]
REVIEW_ACTS = (
    ("sign", "Sign what GET gave as `seen`", "200", {"seen": "string"}),
    (
        "return",
        "Send areas right below back, with a reason",
        "200",
        {"children": "array", "reason": "string"},
    ),
    (
        "remarks",
        "Say something about a cell, or answer",
        "201",
        {"child": "string", "cell": "string", "text": "string", "answers": "integer"},
    ),
)


def document() -> dict[str, Any]:
    """The whole document, with the datasets as their contracts declare them."""
    described = _document()
    for path, methods in openapi_submissions.paths(PROBLEM).items():
        described["paths"].setdefault(path, {}).update(methods)
    described["components"]["schemas"] |= openapi_submissions.rows()
    return described


def _document() -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "Sala", "version": "1", "description": "Files in, verdicts and indicators out."},
        "paths": {
            "/api/v1/submissions": {
                "post": _operation(
                    "Submit a file, or with dry_run=true have it judged only",
                    {"202": _answer("Receipt"), "200": _answer("Verdict"), "400": PROBLEM, "413": PROBLEM},
                    [_query("dry_run", "boolean"), _query("dataset", "string")],
                    body={
                        "type": "object",
                        "required": ["file"],
                        "properties": {
                            "file": {"type": "string", "format": "binary"},
                            "dataset": {"type": "string", "enum": list(contracts())},
                            "submitted_by": {"type": "string"},
                            "because": {"type": "string"},
                            "again": {"type": "boolean"},
                        },
                    },
                ),
                "get": _operation(
                    "The latest submissions, newest first",
                    {"200": _answer("Submissions"), "400": PROBLEM},
                    [_query("state", "string"), _query("before", "string")],
                ),
            },
            "/api/v1/submissions/{receipt}": {
                "get": _operation(
                    "One submission, its verdict and its problems",
                    {"200": _answer("Submission"), "404": PROBLEM},
                    [{"name": "receipt", "in": "path", "required": True, "schema": {"type": "string"}}],
                )
            },
            "/api/v1/indicators": {
                "get": _operation(
                    "Indicator figures",
                    {"200": _answer("Indicators"), "400": PROBLEM, "413": PROBLEM},
                    [
                        _query(name, "string")
                        for name in (
                            "indicator",
                            "area_code",
                            "area_level",
                            "period",
                            "sex",
                            "as_known_at",
                            "status",
                            "format",
                        )
                    ],
                )
            },
            "/api/v1/reviews": {
                "get": _operation(
                    "Compilations of an area and of those right below",
                    {"200": _answer("Reviews"), "400": PROBLEM},
                    [_query(name, "string") for name in ("area_code", "dataset", "period", "state")],
                )
            },
            "/api/v1/reviews/{area}/{dataset}/{period}": {
                "get": _operation(
                    "One compilation: state, what to sign, signatures, timeline, remarks, what is missing",
                    {"200": _answer("Review"), "404": PROBLEM},
                    REVIEWED,
                )
            },
            **{
                f"/api/v1/reviews/{{area}}/{{dataset}}/{{period}}/{act}": {
                    "post": _operation(
                        summary,
                        {done: _answer("Review"), "403": PROBLEM, "409": PROBLEM},
                        REVIEWED,
                        body=_object({name: {"type": kind} for name, kind in fields.items()}),
                        media="application/json",
                    )
                }
                for act, summary, done, fields in REVIEW_ACTS
            },
            "/api/v1/releases": {
                "get": _operation("Releases the board has approved", {"200": _answer("Releases")})
            },
            "/api/v1/releases/{name}": {
                "get": _operation(
                    "One release",
                    {"404": PROBLEM},
                    [{"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}],
                )
            },
        },
        "components": {"schemas": _schemas()},
    }


def _operation(
    summary: str,
    responses: dict[str, Any],
    parameters: list[dict[str, Any]] | None = None,
    body: Any = None,
    media: str = "multipart/form-data",
) -> dict[str, Any]:
    operation: dict[str, Any] = {"summary": summary, "responses": responses, "parameters": parameters or []}
    if body:
        operation["requestBody"] = {"required": True, "content": {media: {"schema": body}}}
    return operation


def _query(name: str, kind: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": {"type": kind}}


def _answer(schema: str) -> dict[str, Any]:
    return {
        "description": schema,
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}},
    }


def _schemas() -> dict[str, Any]:
    text, number = {"type": "string"}, {"type": ["number", "null"]}
    row = {
        "indicator": text, "area_code": text, "area_level": text, "period": text, "sex": text, "age_group": text,
        "numerator": number, "denominator": number, "value": number, "lower_bound": number, "upper_bound": number,
        "completeness": number, "status": text, "known_from": text,
    }  # fmt: skip
    submission = {
        "receipt": text, "filename": text, "dataset": {"type": ["string", "null"]}, "submitted_by": text,
        "via": text, "received_at": text, "state": text, "outcome": {"type": ["string", "null"]},
        "rows_read": number, "rows_accepted": number, "rows_rejected": number,
    }  # fmt: skip
    return {
        "Problem": _object({"type": text, "title": text, "status": {"type": "integer"}, "detail": text}),
        "Receipt": _object({"receipt": text, "known": {"type": "boolean"}, "url": text}),
        "Verdict": {"type": "object"},
        "Submission": _object(submission | {"problems": {"type": "array", "items": {"type": "object"}}}),
        "Submissions": _object({"submissions": {"type": "array", "items": _object(submission)}}),
        "Indicators": _object({"indicators": {"type": "array", "items": _object(row)}}),
        "Reviews": _object({"reviews": {"type": "array", "items": {"type": "object"}}}),
        "Review": {"type": "object"},
        "Releases": _object({"releases": {"type": "array", "items": {"type": "object"}}}),
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties}
