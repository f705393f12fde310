"""Reviews in the HTTP API: what is compiled, signed, returned and said, by the same rules as on the page."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request
from werkzeug.exceptions import BadRequest, NotFound

from dashboards.api.api import PAGE_ROWS, api, must_read, records, rows
from dashboards.server.current_user import acting, person
from transforms.review.review import REVIEWED, Compilation, remark, send_back, sign

_LISTED = """
SELECT c.* FROM mart.area a JOIN mart.compilation c USING (area_code)
WHERE a.valid_to = 'infinity' AND :area IN (a.area_code, a.parent_code) AND c.dataset = ANY(:datasets)
  AND (CAST(:period AS text) IS NULL OR c.period = :period) AND (CAST(:state AS text) IS NULL OR c.state = :state)
ORDER BY c.period DESC, c.dataset, c.area_code LIMIT :most
"""
_ONE = "SELECT * FROM mart.{} WHERE area_code = :area AND dataset = :dataset AND period = :period"
_PARTS = {
    "endorsements": _ONE.format("endorsement") + " ORDER BY as_known_at",
    "signatures": _ONE.format("signature") + " ORDER BY signed_at",
    "timeline": _ONE.format("review") + " ORDER BY review_id",
    "remarks": "SELECT * FROM mart.review_comment WHERE :area IN (area_code, child_code)"
    " AND dataset = :dataset AND period = :period ORDER BY comment_id",
    "missing": "SELECT * FROM mart.review_missing(:area, :dataset, :period)",
    "warnings": "SELECT * FROM mart.review_warnings(:area, :dataset, :period)",
}


@api.get("/reviews")
def list_reviews() -> Response:
    """The compilations of an area (the sender's own by default) and of those right below, newest period first."""
    area = request.args.get("area_code") or person().area_code
    if not area:
        raise BadRequest("Say of which area: area_code=02.")
    must_read(area)
    dataset = request.args.get("dataset")
    if dataset and dataset not in REVIEWED:
        raise BadRequest(f"Committees do not review {dataset!r}. Write one of: {', '.join(REVIEWED)}.")
    found = rows(
        _LISTED,
        area=area,
        datasets=[dataset] if dataset else list(REVIEWED),
        period=request.args.get("period"),
        state=request.args.get("state"),
        most=PAGE_ROWS,
    )
    return jsonify({"reviews": records(found)})


@api.get("/reviews/<area>/<dataset>/<period>")
def get_review(area: str, dataset: str, period: str) -> Response:
    """One compilation: its state, what to sign (`seen`), what was signed, what happened and what was said."""
    must_read(area)
    at = {"area": area, "dataset": dataset, "period": period}
    found = records(rows(_ONE.format("compilation"), **at))
    if not found:
        raise NotFound(
            f"Nothing is compiled of {dataset} for {area} in {period}. GET /api/v1/reviews lists what is."
        )
    seen = rows("SELECT mart.review_fingerprint(:area, :dataset, :period) AS seen", **at)["seen"].iloc[0]
    parts = {name: records(rows(query, **at)) for name, query in _PARTS.items()}
    return jsonify(found[0] | {"seen": seen} | parts)


@api.post("/reviews/<area>/<dataset>/<period>/sign")
def post_signature(area: str, dataset: str, period: str) -> Response:
    """Sign what was `seen`: the text that GET gave. Figures that have moved since are not signed (409)."""
    body = _body("seen")
    with acting() as connection:
        done = sign(connection, Compilation(area, dataset, period), str(body["seen"]), person())
    return jsonify({"state": done})


@api.post("/reviews/<area>/<dataset>/<period>/return")
def post_return(area: str, dataset: str, period: str) -> Response:
    """Send the compilations of `children` (area codes right below) back, with a `reason`."""
    body = _body("children", "reason")
    if not isinstance(body["children"], list):
        raise BadRequest("`children` is a list of area codes.")
    children = [str(child) for child in body["children"]]
    with acting() as connection:
        send_back(connection, Compilation(area, dataset, period), children, str(body["reason"]), person())
    return jsonify({"returned": children})


@api.post("/reviews/<area>/<dataset>/<period>/remarks")
def post_remark(area: str, dataset: str, period: str) -> tuple[Response, int]:
    """Say something (`text`) about a `cell` of the row of `child`; or answer a remark (`answers`)."""
    body = _body("text")
    answers = body.get("answers")
    with acting() as connection:
        number = remark(
            connection,
            Compilation(area, dataset, period),
            str(body.get("child") or area),
            str(body.get("cell") or ""),
            str(body["text"]),
            person(),
            int(answers) if isinstance(answers, int) else None,
        )
    return jsonify({"comment_id": number}), 201


def _body(*needed: str) -> dict[str, Any]:
    body = request.get_json(silent=True)
    if not isinstance(body, dict) or any(name not in body for name in needed):
        raise BadRequest(f"Send JSON with {', '.join(f'`{name}`' for name in needed)}.")
    return body
