"""What the forms of a review page send: a signature, areas sent back, a remark."""

from urllib.parse import quote, urlencode

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from dashboards.server.current_user import acting, person
from transforms.review.review import Compilation, Refused, remark, send_back, sign

blueprint = Blueprint("review_forms", __name__)


@blueprint.post("/review/<code>/<dataset>/sign")
def post_signature(code: str, dataset: str) -> Response:
    """A signature under what the page showed; `seen` is the fingerprint of that."""
    try:
        with acting() as connection:
            done: str = sign(connection, _compilation(code, dataset), request.form.get("seen", ""), person())
    except Refused as refused:
        return _back(code, dataset, refused.key)
    return _back(code, dataset, done)


@blueprint.post("/review/<code>/<dataset>/return")
def post_return(code: str, dataset: str) -> Response:
    """Areas right below get their compilations back, with a reason."""
    children, reason = request.form.getlist("child"), request.form.get("reason", "")
    try:
        with acting() as connection:
            send_back(connection, _compilation(code, dataset), children, reason, person())
    except Refused as refused:
        return _back(code, dataset, refused.key)
    return _back(code, dataset, "returned")


@blueprint.post("/review/<code>/<dataset>/remark")
def post_remark(code: str, dataset: str) -> Response:
    """A remark about a figure, or an answer to one."""
    form = request.form
    answers = form.get("answers", "")
    try:
        with acting() as connection:
            remark(
                connection,
                _compilation(code, dataset),
                form.get("child") or code,
                form.get("cell", ""),
                form.get("text", ""),
                person(),
                int(answers) if answers.isdigit() else None,
            )
    except Refused as refused:
        return _back(code, dataset, refused.key)
    return _back(code, dataset, "remarked")


def _compilation(code: str, dataset: str) -> Compilation:
    return Compilation(code, dataset, request.form.get("period", ""))


def _back(code: str, dataset: str, said: str) -> Response:
    asked = {"period": request.form.get("period", ""), "lang": request.form.get("lang", ""), "said": said}
    query = urlencode({name: value for name, value in asked.items() if value})
    return redirect(f"/review/{quote(code, safe='')}/{quote(dataset, safe='')}?{query}", code=303)
