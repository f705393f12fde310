"""What the forms of a submission's page send, and the workbooks that officers take away."""

from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, request
from sqlalchemy.exc import DBAPIError
from werkzeug.wrappers import Response as AnyResponse

from countries.country import current
from dashboards.api.submissions import XLSX, named
from dashboards.server.current_user import person
from dashboards.server.routing import view_of
from sala.translation.translator import translator
from sql.warehouse import NoWarehouse
from transforms.identity.person import NotAllowed
from transforms.intake.corrections.confirm import NothingToConfirm, confirm
from transforms.intake.corrections.retry import NothingToRetry, retry
from transforms.intake.corrections.withdraw import NotWithdrawn, withdraw
from transforms.intake.downloads import Sheet, annotated, filled_template
from transforms.intake.raw_store import NotKept
from transforms.intake.submission_lookup import UnknownSubmission

blueprint = Blueprint("file_acts", __name__)


@blueprint.post("/submissions/<receipt>/confirm")
def post_confirmation(receipt: str) -> AnyResponse:
    """The warnings of a rule, or all of them, are right; why, in the sender's words."""
    form = request.form
    try:
        confirm(person(), receipt, form.get("rule") or None, comment=form.get("comment"))
    except NothingToConfirm:
        return _back(receipt, "nothing_to_confirm")
    except (NotAllowed, UnknownSubmission) as refused:
        return _back(receipt, "not_allowed" if isinstance(refused, NotAllowed) else "unknown")
    return _back(receipt, "confirmed")


@blueprint.post("/submissions/<receipt>/withdraw")
def post_withdrawal(receipt: str) -> AnyResponse:
    """The whole file is taken back."""
    try:
        withdraw(person(), receipt, request.form.get("because", ""))
    except NotWithdrawn:
        return _back(receipt, "not_withdrawn")
    except (NotAllowed, UnknownSubmission) as refused:
        return _back(receipt, "not_allowed" if isinstance(refused, NotAllowed) else "unknown")
    return _back(receipt, "withdrawn")


@blueprint.post("/submissions/<receipt>/retry")
def post_retry(receipt: str) -> AnyResponse:
    """Judged anew."""
    try:
        retry(person(), receipt)
    except NothingToRetry:
        return _back(receipt, "nothing_to_retry")
    except (NotAllowed, UnknownSubmission) as refused:
        return _back(receipt, "not_allowed" if isinstance(refused, NotAllowed) else "unknown")
    return _back(receipt, "tried")


@blueprint.get("/download/annotated/<receipt>.xlsx")
def get_annotated(receipt: str) -> Response:
    """The file with every problem at its cell."""
    view = view_of(request.path, request.query_string.decode())
    try:
        return _workbook(annotated(person(), receipt, current(), view.language))
    except (UnknownSubmission, NotKept) as why:
        return Response(str(why), 404, mimetype="text/plain")
    except (NoWarehouse, DBAPIError):
        return Response(translator(view.language)("trouble.warehouse.text"), 503, mimetype="text/plain")


@blueprint.get("/download/template.xlsx")
def get_template() -> Response:
    """The template of a `dataset` for an `area`."""
    view = view_of(request.path, request.query_string.decode())
    dataset, area = request.args.get("dataset", ""), request.args.get("area", "").split(" ")[0]
    try:
        person().must("read", area)
        return _workbook(filled_template(person(), dataset, current(), area, language=view.language))
    except NotAllowed as refused:
        return Response(str(refused), 403, mimetype="text/plain")
    except LookupError as unknown:
        return Response(str(unknown), 404, mimetype="text/plain")


def _workbook(sheet: Sheet) -> Response:
    return Response(sheet.content, mimetype=XLSX, headers=named(sheet.filename))


def _back(receipt: str, said: str) -> AnyResponse:
    asked = {"receipt": receipt.upper(), "said": said} | {
        name: value for name in ("lang",) if (value := request.form.get(name))
    }
    return redirect(f"/submissions?{urlencode(asked)}", 303)
