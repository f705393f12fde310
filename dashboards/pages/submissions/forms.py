"""What the forms of a submission's page send."""

from flask import Blueprint
from pydantic import BaseModel
from werkzeug.wrappers import Response

from countries.country import current
from dashboards.server.current_user import person
from dashboards.server.forms import back, read
from transforms.intake.corrections.confirm import confirm
from transforms.intake.corrections.join import join
from transforms.intake.corrections.retry import retry
from transforms.intake.corrections.withdraw import Which, withdraw

blueprint = Blueprint("submission_forms", __name__)


class Confirmation(BaseModel):
    """The warnings of a rule, or all of them; why they are right, in the sender's words."""

    rule: str | None = None
    comment: str | None = None


class Withdrawal(BaseModel):
    """Why, and where only what a newer file no longer has is meant: the receipt of that one."""

    because: str = ""
    left_out_of: str | None = None


@blueprint.post("/submissions/<receipt>/confirm")
def post_confirmation(receipt: str) -> Response:
    """Warnings are right."""
    form = read(Confirmation)
    confirm(person(), receipt, form.rule, comment=form.comment)
    return back("confirmed")


@blueprint.post("/submissions/<receipt>/join")
def post_join(receipt: str) -> Response:
    """Hand in the held file's rows with the lines that it would drop; a redirect back to the page."""
    join(person(), receipt, current())
    return back("joined")


@blueprint.post("/submissions/<receipt>/withdraw")
def post_withdrawal(receipt: str) -> Response:
    """Withdraw the file, or what a newer one lacks of it, for the reason written; a redirect back to the page."""
    form = read(Withdrawal)
    withdraw(person(), receipt, form.because, Which(left_out_of=form.left_out_of or None))
    return back("withdrawn")


@blueprint.post("/submissions/<receipt>/retry")
def post_retry(receipt: str) -> Response:
    """Have the file judged anew; a redirect back to the page."""
    retry(person(), receipt)
    return back("tried")
