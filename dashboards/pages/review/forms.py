"""What the forms of a review page send: a signature, areas sent back, a remark."""

from flask import Blueprint
from pydantic import BaseModel
from werkzeug.wrappers import Response

from dashboards.server.current_user import acting, person
from dashboards.server.forms import Number, back, read
from transforms.review.review import Compilation, remark, send_back, sign

blueprint = Blueprint("review_forms", __name__)


class Signature(BaseModel):
    """`seen` is the fingerprint of what the page showed."""

    period: str = ""
    seen: str = ""


class Return(BaseModel):
    """Areas right below, and why they get their compilations back."""

    period: str = ""
    child: list[str] = []
    reason: str = ""


class Remark(BaseModel):
    """A text about a cell of the row of an area, the page's own where none is chosen, or about another remark."""

    period: str = ""
    child: str | None = None
    cell: str = ""
    text: str = ""
    answers: Number | None = None


@blueprint.post("/review/<code>/<dataset>/sign")
def post_signature(code: str, dataset: str) -> Response:
    """Sign what the page showed."""
    form = read(Signature)
    with acting() as connection:
        done = sign(connection, Compilation(code, dataset, form.period), form.seen, person())
    return back(done)


@blueprint.post("/review/<code>/<dataset>/return")
def post_return(code: str, dataset: str) -> Response:
    """Send the compilations of areas right below back."""
    form = read(Return)
    with acting() as connection:
        send_back(connection, Compilation(code, dataset, form.period), form.child, form.reason, person())
    return back("returned")


@blueprint.post("/review/<code>/<dataset>/remark")
def post_remark(code: str, dataset: str) -> Response:
    """Remark on a figure, or answer a remark."""
    form = read(Remark)
    of = Compilation(code, dataset, form.period)
    with acting() as connection:
        remark(connection, of, form.child or code, form.cell, form.text, person(), form.answers)
    return back("remarked")
