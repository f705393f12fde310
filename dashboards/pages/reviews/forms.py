"""What the forms of a review page send, and its tables as files."""

from urllib.parse import quote, urlencode

from flask import Blueprint, Response, redirect, request
from sqlalchemy.exc import DBAPIError
from werkzeug.wrappers import Response as AnyResponse

from countries.country import current
from dashboards.components.table_data import csv_text
from dashboards.pages.area.downloads import attachment
from dashboards.pages.reviews.figures import areas_table, cells_table, missing_table
from dashboards.pages.reviews.queries import review_facts
from dashboards.queries.not_found import UnknownArea, UnknownPeriod
from dashboards.server.current_user import acting, person
from dashboards.server.routing import view_of
from sala.translation.translator import translator
from sql.warehouse import NoWarehouse
from transforms.identity.person import NotAllowed
from transforms.review.review import REVIEWED, Compilation, Refused, remark, send_back, sign

blueprint = Blueprint("reviews", __name__)


@blueprint.post("/review/<code>/<dataset>/sign")
def post_signature(code: str, dataset: str) -> AnyResponse:
    """A signature under what the page showed; `seen` says what that was."""
    try:
        with acting() as connection:
            done: str = sign(connection, _of(code, dataset), request.form.get("seen", ""), person())
    except Refused as refused:
        return _back(code, dataset, refused.key)
    return _back(code, dataset, done)


@blueprint.post("/review/<code>/<dataset>/return")
def post_return(code: str, dataset: str) -> AnyResponse:
    """Areas right below get their compilations back, with a reason."""
    children, reason = request.form.getlist("child"), request.form.get("reason", "")
    try:
        with acting() as connection:
            send_back(connection, _of(code, dataset), children, reason, person())
    except Refused as refused:
        return _back(code, dataset, refused.key)
    return _back(code, dataset, "returned")


@blueprint.post("/review/<code>/<dataset>/remark")
def post_remark(code: str, dataset: str) -> AnyResponse:
    """Words about a cell, or an answer to some."""
    form = request.form
    answers = form.get("answers", "")
    try:
        with acting() as connection:
            remark(
                connection,
                _of(code, dataset),
                form.get("child") or code,
                form.get("cell", ""),
                form.get("text", ""),
                person(),
                int(answers) if answers.isdigit() else None,
            )
    except Refused as refused:
        return _back(code, dataset, refused.key)
    return _back(code, dataset, "remarked")


@blueprint.get("/download/review/<table>/<dataset>/<code>.csv")
def download(table: str, dataset: str, code: str) -> Response:
    """The figures by area, or the area's own by scheme or axis, unrounded."""
    view = view_of(request.path, request.query_string.decode())
    t = translator(view.language)
    signed = view.version == "signed"
    if table not in ("areas", "cells", "missing") or dataset not in REVIEWED:
        return Response(t("trouble.address.text", what=request.path), 404, mimetype="text/plain")
    try:
        facts = review_facts(code, dataset, view.period, current(), signed)
    except (UnknownArea, UnknownPeriod) as unknown:
        return Response(t("trouble.area.text", what=unknown), 404, mimetype="text/plain")
    except NotAllowed as refused:
        return Response(str(refused), 403, mimetype="text/plain")
    except (NoWarehouse, DBAPIError):
        return Response(t("trouble.warehouse.text"), 503, mimetype="text/plain")
    if table == "areas":
        made = areas_table(facts, t, signed)
    else:
        made = cells_table(facts, t) if table == "cells" else missing_table(facts, t)
    parts = ("sala", "review", table, dataset, code, facts.period.code)
    return attachment([csv_text(made)], "-".join(parts) + ".csv")


def _of(code: str, dataset: str) -> Compilation:
    return Compilation(code, dataset, request.form.get("period", ""))


def _back(code: str, dataset: str, said: str) -> AnyResponse:
    asked = {"period": request.form.get("period", ""), "lang": request.form.get("lang", ""), "said": said}
    query = urlencode({name: value for name, value in asked.items() if value})
    return redirect(f"/review/{quote(code, safe='')}/{quote(dataset, safe='')}?{query}", code=303)
