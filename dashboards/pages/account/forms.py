"""What the forms of signing in, signing out and changing a password send."""

from urllib.parse import urlencode

from flask import Blueprint, redirect
from pydantic import BaseModel
from werkzeug.wrappers import Response

from countries.country import current
from dashboards.server.current_user import account
from dashboards.server.device import place_of
from dashboards.server.forms import back, read
from dashboards.server.sessions import PASSWORD, SIGN_IN, SIGN_OUT, begin, end, safe_next
from sala.errors import Invalid
from transforms.identity.sign_in import change_password

blueprint = Blueprint("account_forms", __name__)


class SignIn(BaseModel):
    """Who it is, and where they were going."""

    name: str = ""
    password: str = ""
    next: str | None = None


class NewPassword(BaseModel):
    """The new one twice, so that a slip shows."""

    old: str = ""
    new: str = ""
    again: str = ""


@blueprint.post(SIGN_IN)
def post_sign_in() -> Response:
    """On to where the reader came from, or first to a new password where one is asked for."""
    form = read(SignIn)
    person = begin(form.name, form.password)
    return redirect(PASSWORD if person.must_change else safe_next(form.next), 303)


@blueprint.post(SIGN_OUT)
def post_sign_out() -> Response:
    """Back to the first page, as a visitor."""
    end()
    return redirect("/", 303)


@blueprint.post(PASSWORD)
def post_password() -> Response:
    """A right old password and a good new one begin a session anew."""
    person = account()
    if person is None:
        return redirect(f"{SIGN_IN}?{urlencode({'next': PASSWORD})}", 303)
    form = read(NewPassword)
    if form.new != form.again:
        raise Invalid("passwords_differ")
    change_password(person, form.old, form.new, current(), place_of(person.name))
    begin(person.name, form.new)
    return back("changed")
