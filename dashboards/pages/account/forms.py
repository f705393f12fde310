"""What the forms of signing in, signing out and changing a password send."""

from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, redirect
from pydantic import BaseModel
from werkzeug.wrappers import Response

from countries.country import current
from dashboards.server import provider
from dashboards.server.current_user import account
from dashboards.server.device import place_of
from dashboards.server.forms import back, read
from dashboards.server.sessions import (
    PASSWORD,
    SECOND_FACTOR,
    SIGN_IN,
    SIGN_OUT,
    begin,
    by_password,
    by_provider,
    end,
    first_stop,
)
from sala.errors import Invalid, Unavailable
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
    """On to where the reader came from, or first to what has to be done before."""
    form = read(SignIn)
    return redirect(first_stop(begin(by_password(form.name, form.password)), form.next), 303)


@blueprint.post(SIGN_OUT)
def post_sign_out() -> Response:
    """Back to the first page, as a visitor; out of the provider as well, where one let the reader in."""
    came_by_provider = by_provider()
    end()
    return redirect(_out_of_provider() or "/" if came_by_provider else "/", 303)


def _out_of_provider() -> str | None:
    try:
        return provider.out_of_provider("provider_forms.get_return")
    except Unavailable:
        return f"{SIGN_IN}?outcome=provider_still_signed_in"


@blueprint.post(PASSWORD)
def post_password() -> Response:
    """A right old password and a good new one begin a session anew."""
    person = account()
    if person is None:
        return redirect(f"{SIGN_IN}?{urlencode({'next': PASSWORD})}", 303)
    if person.must_prove:
        return redirect(SECOND_FACTOR, 303)
    form = read(NewPassword)
    if form.new != form.again:
        raise Invalid("passwords_differ")
    change_password(person, form.old, form.new, current(), place_of(person.name))
    begin(replace(person, must_change=False), proved=True)
    return back("changed")
