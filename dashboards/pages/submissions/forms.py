"""What the forms of a submission's page send, and the workbooks that officers take away."""

from urllib.parse import urlencode

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from dashboards.server.current_user import person
from transforms.identity.person import NotAllowed
from transforms.intake.corrections.confirm import NothingToConfirm, confirm
from transforms.intake.corrections.retry import NothingToRetry, retry
from transforms.intake.corrections.withdraw import NotWithdrawn, withdraw
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


def _back(receipt: str, said: str) -> AnyResponse:
    asked = {"receipt": receipt.upper(), "said": said} | {
        name: value for name in ("lang",) if (value := request.form.get(name))
    }
    return redirect(f"/submissions?{urlencode(asked)}", 303)
