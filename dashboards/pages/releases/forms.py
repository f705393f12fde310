"""What the forms of releases send."""

from flask import Blueprint, redirect
from pydantic import BaseModel
from werkzeug.wrappers import Response as AnyResponse

from countries.country import current
from dashboards.server.current_user import acting, person
from dashboards.server.forms import back, read
from transforms.release.acts import answer, approve, withdraw
from transforms.release.airflow_approval import hand_over_soon
from transforms.release.draft import draft

blueprint = Blueprint("releases_forms", __name__)


class NewDraft(BaseModel):
    """What is to be released."""

    period: str = ""
    note: str = ""


class Answer(BaseModel):
    """Why a point of the checklist does not stand in the way."""

    check: str = ""
    reason: str = ""


class Signature(BaseModel):
    """The content hash of the page that is signed."""

    seen: str = ""


class Withdrawal(BaseModel):
    """Why, and whether the figures are shown no more."""

    reason: str = ""
    conceal: bool = False


@blueprint.post("/releases/draft")
def post_draft() -> AnyResponse:
    """Draft, and show what was drafted."""
    form = read(NewDraft)
    name = draft(current(), form.period, person(), form.note)
    hand_over_soon()
    return redirect(f"/releases/{name}", code=303)


@blueprint.post("/releases/<release>/answer")
def post_answer(release: str) -> AnyResponse:
    """Answer a point of the checklist."""
    form = read(Answer)
    with acting() as connection:
        answer(connection, release, form.check, form.reason, person())
    return back("answered")


@blueprint.post("/releases/<release>/sign")
def post_signature(release: str) -> AnyResponse:
    """Sign what was seen."""
    form = read(Signature)
    with acting() as connection:
        done = approve(connection, release, form.seen, person())
    hand_over_soon()
    return back(done)


@blueprint.post("/releases/<release>/withdraw")
def post_withdrawal(release: str) -> AnyResponse:
    """Withdraw it, or drop a draft."""
    form = read(Withdrawal)
    with acting() as connection:
        done = withdraw(connection, release, form.reason, person(), form.conceal)
    return back(done)
