"""The HTTP API under /api/v1. Pages and programs use the same calls; errors are application/problem+json."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pandas as pd
from flask import Blueprint, Flask, Response, jsonify, request
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    NotFound,
    RequestEntityTooLarge,
)

from countries.country import current
from dashboards.api.openapi import document
from dashboards.server.current_user import acting, person
from dashboards.server.security import api_limit
from dashboards.server.trouble import refusal_of
from sala.errors import NotAllowed, NotSignedIn, Refusal
from sql import warehouse
from transforms.identity.person import scope_codes
from transforms.intake.check import check
from transforms.intake.submit import submit
from validators.contracts.contract import contracts

api = Blueprint("api", __name__, url_prefix="/api/v1")

MAX_UPLOAD_BYTES = 200 * 1024 * 1024
PAGE_ROWS = 500
LONGEST_ANSWER_ROWS = 200_000


def register(server: Flask) -> None:
    """Put the API on a Flask server."""
    server.config["MAX_CONTENT_LENGTH"] = MAX_UPLOAD_BYTES
    server.register_blueprint(api)
    api_limit(api)


@api.errorhandler(HTTPException)
def _problem(error: HTTPException) -> Response:
    """RFC 9457: what happened, and in `detail` how to mend it."""
    body = {"type": "about:blank", "title": error.name, "status": error.code, "detail": error.description}
    answer = jsonify(body)
    answer.status_code = error.code or 500
    answer.content_type = "application/problem+json"
    return answer


@api.errorhandler(Refusal)
@api.errorhandler(DBAPIError)
def _refused(error: Exception) -> Response:
    """The refusal's own status, its key as `rule`; 401 where somebody could sign in who may not."""
    refusal = refusal_of(error)
    status = refusal.status
    if isinstance(refusal, NotAllowed) and person().person_id is None:
        status = NotSignedIn.status
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": str(refusal),
        "rule": refusal.key,
    }
    answer = jsonify(body)
    answer.status_code = status
    answer.content_type = "application/problem+json"
    # A browser's page gets no box for a password from its browser: it has its own page for that.
    if status == NotSignedIn.status and "Sec-Fetch-Site" not in request.headers:
        answer.headers["WWW-Authenticate"] = 'Basic realm="Sala", charset="UTF-8"'
    return answer


@api.post("/submissions")
def post_submission() -> tuple[Response, int]:
    """Take in one file (multipart field `file`). `dry_run=true` judges it and keeps nothing; `because` says why it
    was sent; `again=true` lets a file that has been replaced take the place of what replaced it.
    """
    sender = person()
    sender.must("submit", sender.area_code)
    file = request.files.get("file")
    if file is None or not file.filename:
        raise BadRequest("Send the file as multipart/form-data in a field named `file`, with its name.")
    dataset = request.form.get("dataset") or request.args.get("dataset") or None
    if dataset and dataset not in contracts():
        raise BadRequest(f"There is no dataset {dataset!r}. Write one of: {', '.join(contracts())}.")
    raw = file.read()
    if not raw:
        raise BadRequest(
            "The file is empty: there is nothing to take in. Save it again and send it once more."
        )
    if _said("dry_run"):
        scope = scope_codes(sender)
        verdict = check(raw, current(), dataset, file.filename, scope, sender.administrator)
        return jsonify(verdict.as_json()), 200
    by = sender.name or request.form.get("submitted_by") or "api"
    via = "page" if request.form.get("via") == "page" else "api"
    receipt = submit(
        raw,
        file.filename,
        by=by,
        via=via,
        person_id=sender.person_id,
        dataset=dataset,
        because=request.form.get("because") or None,
        again=_said("again"),
    )
    body = {
        "receipt": receipt.receipt,
        "known": receipt.known,
        "url": f"/api/v1/submissions/{receipt.receipt}",
    }
    answer = jsonify(body)
    answer.headers["Location"] = body["url"]
    return answer, 202


@api.get("/submissions")
def list_submissions() -> Response:
    """The latest submissions, newest first; `state` and `before` (a time) narrow the list."""
    state, before = request.args.get("state"), _time("before")
    found = rows(
        "SELECT * FROM mart.submission WHERE (CAST(:state AS text) IS NULL OR state = :state)"
        " AND (CAST(:before AS timestamptz) IS NULL OR received_at < :before)"
        " ORDER BY received_at DESC LIMIT :most",
        state=state,
        before=before,
        most=PAGE_ROWS,
    )
    return jsonify({"submissions": records(found)})


@api.get("/submissions/<receipt>")
def get_submission(receipt: str) -> Response:
    """One submission with its verdict and the first problems found in it."""
    found = records(rows("SELECT * FROM mart.submission WHERE receipt = :receipt", receipt=receipt.upper()))
    if not found:
        raise NotFound(f"There is no submission {receipt}. A receipt looks like ABCD-EFGH-2345.")
    problems = rows(
        "SELECT row_number, column_name, value, rule, severity, message, confirmed_by, confirmed_at, comment"
        " FROM mart.problem WHERE receipt = :receipt"
        " ORDER BY row_number NULLS FIRST LIMIT :most",
        receipt=receipt.upper(),
        most=PAGE_ROWS,
    )
    return jsonify(found[0] | {"problems": records(problems)})


@api.get("/indicators")
def get_indicators() -> Response:
    """Figures of mart.indicator_value; `as_known_at` asks for an earlier moment, `status=endorsed` for what
    committees last signed, whether it still stands or not. `format=csv` for a table."""
    filters = {
        name: request.args.get(name) for name in ("indicator", "area_code", "area_level", "period", "sex")
    }
    if filters["area_code"]:
        must_read(filters["area_code"])
    moment = _time("as_known_at")
    status = request.args.get("status")
    if status not in (None, "endorsed") or (status and moment):
        raise BadRequest("`status` is `endorsed` or left out, and goes without `as_known_at`.")
    present = "mart.indicator_signed" if status else "mart.indicator_value"
    source = "mart.as_known_at(:moment)" if moment else present
    wanted = " AND ".join(f"{name} = :{name}" for name, value in filters.items() if value) or "true"
    found = rows(
        f"SELECT * FROM {source} WHERE {wanted} ORDER BY period, area_code, indicator, sex, age_group LIMIT :most",  # noqa: S608
        moment=moment,
        most=LONGEST_ANSWER_ROWS + 1,
        **filters,
    )
    if len(found) > LONGEST_ANSWER_ROWS:
        raise RequestEntityTooLarge(
            f"More than {LONGEST_ANSWER_ROWS} figures. Ask for one period or one area_level."
        )
    if request.args.get("format") == "csv":
        return Response(found.to_csv(index=False), mimetype="text/csv")
    return jsonify({"indicators": records(found)})


@api.get("/releases")
def list_releases() -> Response:
    """Releases the board has approved: none yet in this version."""
    return jsonify({"releases": []})


@api.get("/releases/<path:name>")
def get_release(name: str) -> Response:
    raise NotFound(f"There is no release {name}. GET /api/v1/releases lists those there are.")


@api.route("/<path:name>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
def nothing_there(name: str) -> Response:
    raise NotFound(f"There is nothing at /api/v1/{name}. GET /api/v1/openapi.json lists what there is.")


@api.get("/openapi.json")
def openapi() -> Response:
    return jsonify(document())


def _said(name: str) -> bool:
    return request.values.get(name, "").lower() in ("1", "true", "yes")


def must_read(area_code: str) -> None:
    """Raises NotAllowed for an area that is there and is none of the sender's."""
    sender = person()
    if not sender.may("read", area_code):
        there = rows("SELECT 1 FROM mart.area WHERE area_code = :code LIMIT 1", code=area_code)
        if not there.empty:
            sender.must("read", area_code)


def rows(query: str, **params: Any) -> pd.DataFrame:
    with acting() as connection:
        return warehouse.read(connection, query, **params)


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON values: missing is null, times are ISO 8601."""
    convert: Callable[[Any], Any] = lambda v: v.isoformat() if hasattr(v, "isoformat") else v  # noqa: E731
    clean = rows.astype(object).where(rows.notna(), None)
    return [{str(name): convert(value) for name, value in row.items()} for row in clean.to_dict("records")]


def _time(name: str) -> pd.Timestamp | None:
    given = request.args.get(name)
    if not given:
        return None
    try:
        moment = pd.Timestamp(given)
    except ValueError:
        raise BadRequest(
            f"`{name}` is {given!r}, which is no time. Write it like 2026-11-01T12:00:00Z."
        ) from None
    return moment.tz_localize("UTC") if moment.tzinfo is None else moment
