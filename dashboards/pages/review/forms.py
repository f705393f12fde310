"""What the forms of a review page send: a signature, areas sent back, a remark."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from dashboards.server.current_user import acting, person
from dashboards.server.forms import back
from transforms.review.review import Compilation, remark, send_back, sign

blueprint = Blueprint("review_forms", __name__)


@blueprint.post("/review/<code>/<dataset>/sign")
def post_signature(code: str, dataset: str) -> Response:
    """A signature under what the page showed; `seen` is the fingerprint of that."""
    with acting() as connection:
        done = sign(connection, _compilation(code, dataset), request.form.get("seen", ""), person())
    return back(done)


@blueprint.post("/review/<code>/<dataset>/return")
def post_return(code: str, dataset: str) -> Response:
    """Areas right below get their compilations back, with a reason."""
    children, reason = request.form.getlist("child"), request.form.get("reason", "")
    with acting() as connection:
        send_back(connection, _compilation(code, dataset), children, reason, person())
    return back("returned")


@blueprint.post("/review/<code>/<dataset>/remark")
def post_remark(code: str, dataset: str) -> Response:
    """A remark about a figure, or an answer to one."""
    form = request.form
    answers = form.get("answers", "")
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
    return back("remarked")


def _compilation(code: str, dataset: str) -> Compilation:
    return Compilation(code, dataset, request.form.get("period", ""))
