"""What the forms of the second factor send."""

from flask import Blueprint, redirect, session
from pydantic import BaseModel
from werkzeug.wrappers import Response

from dashboards.pages.account.second_factor import NEW_CODES
from dashboards.server.current_user import account
from dashboards.server.forms import back, read
from dashboards.server.session_cookie import session_token
from dashboards.server.sessions import SECOND_FACTOR, SIGN_IN, begin, by_provider, first_stop
from transforms.identity.second_factor import enrol, offered_secret, prove

blueprint = Blueprint("second_factor_forms", __name__)


class Code(BaseModel):
    """What the application shows, or a recovery code; and where they were going."""

    code: str = ""
    next: str | None = None


@blueprint.post(SECOND_FACTOR)
def post_code() -> Response:
    """A right code begins the session in which its holder is let in."""
    person = account()
    if person is None:
        return redirect(SIGN_IN, 303)
    form = read(Code)
    prove(person, form.code)
    return redirect(first_stop(begin(person, provider=by_provider(), proved=True), form.next), 303)


@blueprint.post(f"{SECOND_FACTOR}/enrol")
def post_enrolment() -> Response:
    """The application that was offered, kept; the page shows the recovery codes once."""
    person, token = account(), session_token()
    if person is None or token is None:
        return redirect(SIGN_IN, 303)
    codes = enrol(person, offered_secret(token), read(Code).code)
    begin(person, provider=by_provider(), proved=True)
    session[NEW_CODES] = codes
    return back("enrolled")
