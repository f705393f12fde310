"""What the forms of a submission's page send."""

from typing import Literal

from flask import Blueprint, request
from pydantic import BaseModel
from werkzeug.wrappers import Response

from countries.country import current
from dashboards.server.current_user import person
from dashboards.server.forms import back, read
from sala.errors import Invalid
from transforms.intake.corrections.confirm import confirm
from transforms.intake.corrections.join import join
from transforms.intake.corrections.retry import retry
from transforms.intake.corrections.withdraw import Which, withdraw

blueprint = Blueprint("submission_forms", __name__)
_REASON = "reason-"


class Confirmation(BaseModel):
    """Whether all warnings are right, for one reason; else each has its own, in a field `reason-<rule>-<row>`."""

    which: Literal["all", "lines"] = "all"
    comment: str = ""


class Withdrawal(BaseModel):
    """Why, and where only what a newer file no longer has is meant: the receipt of that one."""

    because: str = ""
    left_out_of: str | None = None


@blueprint.post("/submissions/<receipt>/confirm")
def post_confirmation(receipt: str) -> Response:
    """Warnings are right, for the reasons written; a line without a reason stays open."""
    form = read(Confirmation)
    if form.which == "all":
        reasons: dict[tuple[str | None, int | None], str] = {(None, None): form.comment}
    else:
        reasons = {_line(name): value for name, value in request.form.items() if name.startswith(_REASON)}
    written = {line: reason.strip() for line, reason in reasons.items() if reason.strip()}
    if not written:
        raise Invalid("confirm_reason")
    for (rule, row), reason in written.items():
        confirm(person(), receipt, rule, row, reason)
    return back("confirmed")


def _line(field: str) -> tuple[str | None, int | None]:
    """The rule and row that a field's name names. Raises Invalid."""
    rule, _, row = field.removeprefix(_REASON).rpartition("-")
    if row and not (row.isdecimal() and len(row) < 10):
        raise Invalid("confirm_reason")
    return rule or None, int(row) if row else None


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
