"""What the forms of signing in, signing out and changing a password send."""

from urllib.parse import urlencode

from flask import Blueprint, redirect, request
from flask_login import current_user
from werkzeug.wrappers import Response

from countries.country import current
from dashboards.server.forms import back
from dashboards.server.security import sign_in_limit
from dashboards.server.sessions import PASSWORD, SIGN_IN, SIGN_OUT, begin, end, safe_next
from sala.errors import Invalid
from transforms.identity.sign_in import change_password, sign_in

blueprint = Blueprint("account_forms", __name__)


@blueprint.post(SIGN_IN)
@sign_in_limit
def post_sign_in() -> Response:
    """On to where the reader came from, or first to a new password where one is asked for."""
    person = sign_in(request.form.get("name", ""), request.form.get("password", ""), current())
    begin(person)
    return redirect(PASSWORD if person.must_change else safe_next(request.form.get("next")), 303)


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
    old, new = request.form.get("old", ""), request.form.get("new", "")
    if new != request.form.get("again", ""):
        raise Invalid("passwords_differ")
    change_password(current_user.person, old, new, current())
    begin(sign_in(current_user.person.name, new, current()))
    return back("changed")
