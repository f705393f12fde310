"""What the API's description says of files: data for dashboards.api.openapi."""

from typing import Any, NamedTuple

from countries.country import current
from validators.contracts.contract import contracts
from validators.outputs.json_schema import schema


class Call(NamedTuple):
    """One call: where, what it does, its query's names, the fields of its JSON body, what it answers."""

    path: str
    method: str
    summary: str
    query: tuple[str, ...] = ()
    body: tuple[tuple[str, str], ...] = ()
    answer: str = "200"
    media: str = "application/json"


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OF_ONE = "/api/v1/submissions/{receipt}"
CALLS = (
    Call(
        OF_ONE,
        "delete",
        "Withdraw a submission, or some of its returns; nothing stands in their place until a file is handed in",
        ("because", "period", "area_code", "scheme"),
    ),
    Call(
        f"{OF_ONE}/confirmations",
        "post",
        "Say that warnings are right: all of the last verdict, those of a rule, or one row's",
        body=(("rule", "string"), ("row", "integer"), ("comment", "string")),
        answer="201",
    ),
    Call(f"{OF_ONE}/confirmations", "get", "What was said to the verdicts"),
    Call(
        f"{OF_ONE}/retries",
        "post",
        "Judge it anew where it was not wholly taken in, after a mend in the country folder",
        answer="202",
    ),
    Call(f"{OF_ONE}/verdicts", "get", "Every verdict on it, the last one last"),
    Call(f"{OF_ONE}/changes", "get", "What it moved, at its areas and at every area above"),
    Call(
        f"{OF_ONE}/annotated",
        "get",
        "The file back with every problem at its cell, without what names a person",
        ("language",),
        media=XLSX,
    ),
    Call(
        "/api/v1/templates/{dataset}",
        "get",
        "The template of a dataset for an area, or with format=csv its header",
        ("area", "period", "language", "format"),
        media=XLSX,
    ),
    Call("/api/v1/contracts/{dataset}", "get", "A row of a dataset as JSON Schema", ("language",)),
)


def paths(problem: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Path → method → operation."""
    found: dict[str, dict[str, Any]] = {}
    for call in CALLS:
        found.setdefault(call.path, {})[call.method] = _operation(call, problem)
    return found


def _operation(call: Call, problem: dict[str, Any]) -> dict[str, Any]:
    part = call.path.partition("{")[2].partition("}")[0]
    told = {"in": "path", "name": part, "required": True, "schema": {"type": "string"}}
    asked = [{"in": "query", "name": name, "schema": {"type": "string"}} for name in call.query]
    answer = {"description": call.summary, "content": {call.media: {"schema": {}}}}
    described: dict[str, Any] = {
        "summary": call.summary,
        "parameters": [told, *asked],
        "responses": {call.answer: answer, "404": problem, "409": problem},
    }
    if call.body:
        fields = {name: {"type": kind} for name, kind in call.body}
        body = {"schema": {"type": "object", "properties": fields}}
        described["requestBody"] = {"content": {"application/json": body}}
    return described


def rows() -> dict[str, Any]:
    """Dataset → a row of it as JSON Schema, written from its contract."""
    return {name: schema(contract, current()) for name, contract in contracts().items()}
