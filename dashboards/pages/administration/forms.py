"""What the forms of the administrators' pages send."""

from dataclasses import asdict
from typing import Annotated

from flask import Blueprint, session
from pydantic import BaseModel
from werkzeug.wrappers import Response

from countries.country import current
from dashboards.pages.administration.accounts import ACCOUNTS, GIVEN
from dashboards.pages.administration.audit import AUDIT, VERIFIED
from dashboards.server.current_user import person
from dashboards.server.forms import Number, RefusedAs, back, read
from sala.errors import Invalid
from transforms.identity import administration

blueprint = Blueprint("administration_forms", __name__)


class Place(BaseModel):
    """In which role and area; the administrator only for the role that belongs to one."""

    role: str = ""
    area: str = ""
    administrator: str | None = None


class Invitation(Place):
    """A new account; `login` is sent where it gets a database login too."""

    name: str = ""
    email: str | None = None
    language: str | None = None
    login: str | None = None


class Closing(BaseModel):
    """The account's name once more, so that a slip closes none."""

    confirmed: str = ""


class Revocation(BaseModel):
    """The number of a token."""

    token: Annotated[Number, RefusedAs("no_token")]


@blueprint.post(f"{ACCOUNTS}/invite")
def post_invitation() -> Response:
    """A new account, whose password the page shows once."""
    sent = read(Invitation)
    made = administration.add_account(
        person(),
        current(),
        sent.name.strip(),
        sent.role,
        sent.area.strip(),
        administrator=sent.administrator,
        email=sent.email,
        language=sent.language,
        sql_login=bool(sent.login),
    )
    session[GIVEN] = asdict(made)
    return back("invited")


@blueprint.post(f"{ACCOUNTS}/<name>/assign")
def post_assignment(name: str) -> Response:
    """Another role or area."""
    sent = read(Place)
    administration.assign(person(), current(), name, sent.role, sent.area.strip(), sent.administrator)
    return back("assigned")


@blueprint.post(f"{ACCOUNTS}/<name>/password")
def post_new_password(name: str) -> Response:
    """A made-up password, which the page shows once."""
    session[GIVEN] = asdict(administration.set_password(person(), current(), name))
    return back("reset")


@blueprint.post(f"{ACCOUNTS}/<name>/login")
def post_login(name: str) -> Response:
    """A database login, and a password for both."""
    session[GIVEN] = asdict(administration.set_password(person(), current(), name, login=True))
    return back("login")


@blueprint.post(f"{ACCOUNTS}/<name>/second-factor")
def post_reset_of_second_factor(name: str) -> Response:
    """The second factor taken away."""
    administration.reset_second_factor(person(), current(), name)
    return back("factor")


@blueprint.post(f"{ACCOUNTS}/<name>/close")
def post_closing(name: str) -> Response:
    """The account closed, where its name was written once more."""
    if read(Closing).confirmed.strip() != name:
        raise Invalid("close_not_confirmed", name=name)
    administration.disable(person(), current(), name)
    return back("closed")


@blueprint.post(f"{ACCOUNTS}/<name>/revoke")
def post_token_revocation(name: str) -> Response:
    """A token of the account ended."""
    administration.revoke_token(person(), current(), name, read(Revocation).token)
    return back("revoked")


@blueprint.post(f"{AUDIT}/verify")
def post_verification() -> Response:
    """The chain walked; the page says what was found."""
    checked = administration.verify(person(), current())
    session[VERIFIED] = {
        "entries": checked.entries,
        "head": checked.head,
        "broken": str(checked.broken) if checked.broken else None,
    }
    return back("verified")
