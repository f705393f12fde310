"""What the forms of signing in, signing out and changing a password send."""

from urllib.parse import urlencode

from flask import Blueprint, redirect
from flask_login import current_user
from pydantic import BaseModel
from werkzeug.wrappers import Response

from countries.country import current
from dashboards.server.forms import back, read
from dashboards.server.security import sign_in_limit
from dashboards.server.sessions import PASSWORD, SIGN_IN, SIGN_OUT, begin, end, safe_next
from sala.errors import Invalid
from transforms.identity.sign_in import change_password, sign_in

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
@sign_in_limit
def post_sign_in() -> Response:
    """On to where the reader came from, or first to a new password where one is asked for."""
    form = read(SignIn)
    person = sign_in(form.name, form.password, current())
    begin(person)
    return redirect(PASSWORD if person.must_change else safe_next(form.next), 303)


@blueprint.post(SIGN_OUT)
def post_sign_out() -> Response:
    """Back to the first page, as a visitor."""
    end()
    return redirect("/", 303)


@blueprint.post(PASSWORD)
@sign_in_limit
def post_password() -> Response:
    """A right old password and a good new one begin a session anew."""
    if not current_user.is_authenticated:
        return redirect(f"{SIGN_IN}?{urlencode({'next': PASSWORD})}", 303)
    form = read(NewPassword)
    if form.new != form.again:
        raise Invalid("passwords_differ")
    change_password(current_user.person, form.old, form.new, current())
    begin(sign_in(current_user.person.name, form.new, current()))
    return back("changed")
