"""Reviews: what is compiled, signed, returned and remarked, by the same rules as on the page."""

from flask import Response, jsonify

from dashboards.api.resource import answers, resource
from dashboards.api.review_models import (
    Compilations,
    ListQuery,
    NewRemark,
    NewReturn,
    NewSignature,
    Path,
    Remarked,
    Returned,
    Review,
    Signed,
)
from dashboards.api.rows import PAGE_ROWS, must_read, rows
from dashboards.server.current_user import acting, person
from sala.errors import NotFound, Refusal
from transforms.review.review import REVIEWED, Compilation, remark, send_back, sign

blueprint = resource("reviews")

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
_AT = "/reviews/<area>/<dataset>/<period>"


@blueprint.get("/reviews", responses={200: Compilations})
def list_reviews(query: ListQuery) -> Response:
    """The compilations of an area and of those right below, newest period first."""
    area = query.area_code or person().area_code
    if not area:
        raise Refusal("area_missing")
    must_read(area)
    listed = rows(
        _LISTED,
        area=area,
        datasets=[query.dataset] if query.dataset else list(REVIEWED),
        period=query.period,
        state=query.state,
        most=PAGE_ROWS,
    )
    return jsonify(reviews=listed)


@blueprint.get(_AT, responses=answers({200: Review}, 404))
def get_review(path: Path) -> Response:
    """One compilation: its state, what to sign (`seen`), what was signed, what happened and what was remarked."""
    must_read(path.area)
    at = path.model_dump()
    compilations = rows(_ONE.format("compilation"), **at)
    if not compilations:
        raise NotFound("not_compiled", **at)
    seen = rows("SELECT mart.review_fingerprint(:area, :dataset, :period) AS seen", **at)
    parts = {name: rows(query, **at) for name, query in _PARTS.items()}
    return jsonify(compilations[0] | seen[0] | parts)


@blueprint.post(f"{_AT}/sign", responses=answers({200: Signed}, 404, 409, 415))
def post_signature(path: Path, body: NewSignature) -> Response:
    """Sign what was `seen`. Figures that have moved since are not signed (409)."""
    with acting() as connection:
        state = sign(connection, Compilation(**path.model_dump()), body.seen, person())
    return jsonify(state=state)


@blueprint.post(f"{_AT}/return", responses=answers({200: Returned}, 404, 409, 415))
def post_return(path: Path, body: NewReturn) -> Response:
    """Send the compilations of areas right below back, with a reason."""
    with acting() as connection:
        send_back(connection, Compilation(**path.model_dump()), body.children, body.reason, person())
    return jsonify(returned=body.children)


@blueprint.post(f"{_AT}/remarks", responses=answers({201: Remarked}, 404, 409, 415))
def post_remark(path: Path, body: NewRemark) -> tuple[Response, int]:
    """Remark on a cell of the row of an area below, or answer a remark."""
    with acting() as connection:
        number = remark(
            connection,
            Compilation(**path.model_dump()),
            body.child or path.area,
            body.cell or "",
            body.text,
            person(),
            body.answers,
        )
    return jsonify(comment_id=number), 201
