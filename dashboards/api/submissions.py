"""Files in the HTTP API: confirmations, withdrawals, another try, the annotated file, templates, contracts."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Response, jsonify, request
from werkzeug.exceptions import BadRequest, NotFound

from countries.country import current
from dashboards.api.api import api, must_read, records, rows
from dashboards.server.current_user import person
from transforms.intake.corrections.confirm import confirm
from transforms.intake.corrections.retry import retry
from transforms.intake.corrections.withdraw import Which, withdraw
from transforms.intake.downloads import Workbook, annotated, filled_template
from validators.contracts.contract import LANGUAGES, contract, contracts
from validators.outputs.json_schema import schema
from validators.outputs.template import csv_template

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@api.post("/submissions/<receipt>/confirmations")
def post_confirmation(receipt: str) -> tuple[Response, int]:
    """Say that warnings are right: all of the last verdict, those of a `rule`, or of one `row`; `comment` why."""
    said = _body()
    row = said.get("row")
    if row is not None and not isinstance(row, int):
        raise BadRequest("`row` is the number of a row, as the problems of the submission give it.")
    count = confirm(person(), receipt, _text(said, "rule"), row, _text(said, "comment"))
    return jsonify({"confirmed": count}), 201


@api.get("/submissions/<receipt>/confirmations")
def get_confirmations(receipt: str) -> Response:
    """What was said to the verdicts on a submission."""
    found = rows(
        "SELECT verdict, rule, row_number, comment, confirmed_by, confirmed_at FROM mart.confirmation"
        " WHERE receipt = :receipt ORDER BY confirmed_at",
        receipt=receipt.upper(),
    )
    return jsonify({"confirmations": records(found)})


@api.delete("/submissions/<receipt>")
def delete_submission(receipt: str) -> Response:
    """Withdraw a submission, or those of its returns that `period`, `area_code` and `scheme` name; say `because`."""
    said = request.args.to_dict() | _body()
    which = Which(_text(said, "period"), _text(said, "area_code"), _text(said, "scheme"))
    return jsonify({"withdrawn": withdraw(person(), receipt, _text(said, "because") or "", which)})


@api.post("/submissions/<receipt>/retries")
def post_retry(receipt: str) -> tuple[Response, int]:
    """Judge a submission anew that was not wholly taken in: after a mend in the country folder."""
    retry(person(), receipt)
    return jsonify({"receipt": receipt.upper(), "url": f"/api/v1/submissions/{receipt.upper()}"}), 202


@api.get("/submissions/<receipt>/verdicts")
def get_verdicts(receipt: str) -> Response:
    """Every verdict on a submission, the last one last."""
    found = rows(
        "SELECT * FROM mart.verdict WHERE receipt = :receipt ORDER BY number", receipt=receipt.upper()
    )
    return jsonify({"verdicts": records(found)})


@api.get("/submissions/<receipt>/changes")
def get_changes(receipt: str) -> Response:
    """What a submission or its withdrawal moved, at its areas and at every area above."""
    found = rows(
        "SELECT * FROM mart.change WHERE receipt = :receipt ORDER BY at, period, scheme, own DESC, area_code",
        receipt=receipt.upper(),
    )
    return jsonify({"changes": records(found)})


@api.get("/submissions/<receipt>/annotated")
def get_annotated(receipt: str) -> Response:
    """The file back as XLSX with every problem at its cell; columns that name persons are left empty."""
    return _download(annotated(person(), receipt, current(), _language()))


@api.get("/templates/<dataset>")
def get_template(dataset: str) -> Response:
    """The template of a dataset: XLSX for an `area` and `period`, or with `format=csv` its header."""
    if dataset not in contracts():
        raise NotFound(f"There is no dataset {dataset!r}. Write one of: {', '.join(contracts())}.")
    if request.args.get("format") == "csv":
        content = csv_template(dataset, current())
        return Response(content, mimetype="text/csv", headers=named(f"{dataset}.csv"))
    area = request.args.get("area", "")
    if not area:
        raise BadRequest("Say for which area: area=0201. With format=csv no area is needed.")
    must_read(area)
    period = request.args.get("period", "")
    return _download(filled_template(person(), dataset, current(), area, period, _language()))


@api.get("/contracts/<dataset>")
def get_contract(dataset: str) -> Response:
    """A row of a dataset as JSON Schema."""
    if dataset not in contracts():
        raise NotFound(f"There is no dataset {dataset!r}. Write one of: {', '.join(contracts())}.")
    return jsonify(schema(contract(dataset), current(), _language()))


def _download(sheet: Workbook) -> Response:
    return Response(sheet.content, mimetype=XLSX, headers=named(sheet.filename))


def named(filename: str) -> dict[str, str]:
    """RFC 6266, for names in any script."""
    plain = filename.encode("ascii", "replace").decode().replace('"', "_")
    return {"Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename)}"}


def _language() -> str:
    """That of the address, or else what the browser prefers of those that the messages have."""
    given = request.args.get("language", "")
    return given if given in LANGUAGES else request.accept_languages.best_match(LANGUAGES, "en") or "en"


def _body() -> dict[str, Any]:
    """What was sent as JSON or as a form."""
    if not request.content_length:
        return {}
    said = request.get_json(silent=True) if request.is_json else request.form.to_dict()
    if not isinstance(said, dict):
        raise BadRequest("Send a JSON object.")
    return said


def _text(said: dict[str, Any], name: str) -> str | None:
    value = said.get(name)
    if value is not None and not isinstance(value, str):
        raise BadRequest(f"`{name}` is a text.")
    return value or None
