"""Who sends each request: by a session's cookie, or by name and password (HTTP Basic)."""

from urllib.parse import urlsplit

from flask import Flask, Response, g, jsonify, redirect, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.wrappers import Response as AnyResponse

from countries.country import current
from dashboards.server.security import csrf
from sala.errors import NotAllowed, NotSignedIn
from sql.warehouse import NoWarehouse
from transforms.identity.person import Person, find
from transforms.identity.sign_in import sign_in

SIGN_IN, SIGN_OUT, PASSWORD = "/sign-in", "/sign-out", "/password"
_FORMS = (SIGN_IN, SIGN_OUT, PASSWORD)
_OF_NOBODY = ("/_dash-component-suites/", "/assets/", "/_favicon", "/healthz")  # the same for everybody
_WITH_PASSWORD = ("/api/", "/download/")
_SAFE = ("GET", "HEAD", "OPTIONS")


class Account(UserMixin):
    """A signed-in account as flask-login holds it. A new password counts `sessions` up, which ends the older ones."""

    def __init__(self, person: Person, sessions: int) -> None:
        self.person = person
        self.sessions = sessions

    def get_id(self) -> str:
        return f"{self.person.person_id}:{self.sessions}"


def install(server: Flask) -> None:
    """Before each request find out who sends it; a cookie alone changes nothing without the page's token."""
    manager = LoginManager(server)
    manager.user_loader(_account_of)
    server.register_error_handler(CSRFError, _no_token)
    server.before_request(_find_person)


def _account_of(cookie: str) -> Account | None:
    person_id, _, sessions = cookie.partition(":")
    account = find(int(person_id), current()) if person_id.isdigit() else None
    return Account(*account) if account and sessions == str(account[1]) else None


def _find_person() -> Response | None:
    """Put the sender into `g.person`, and somebody who must first change a password into `g.unfinished`."""
    if request.path.startswith(_OF_NOBODY) or not current().roles:
        return None
    given = request.authorization
    if given is not None and given.type == "basic" and request.path.startswith(_WITH_PASSWORD):
        try:
            _let_in(sign_in(given.username or "", given.password or "", current()))
        except NotSignedIn as refusal:
            return _problem(401, "Unauthorized", str(refusal))
        if g.get("unfinished"):
            return _problem(403, "Forbidden", str(NotAllowed("must_change_password")))
        return None
    try:
        signed_in = current_user.is_authenticated
    except (NoWarehouse, DBAPIError):
        return None  # the page says what is wrong with the warehouse
    if signed_in:
        _let_in(current_user.person)
    if request.method not in _SAFE and (signed_in or request.path in _FORMS):
        csrf.protect()
    return None


def _let_in(person: Person) -> None:
    if person.must_change:
        g.unfinished = person
    else:
        g.person = person


def _problem(status: int, title: str, detail: str) -> Response:
    answer = jsonify(type="about:blank", title=title, status=status, detail=detail)
    answer.status_code = status
    answer.content_type = "application/problem+json"
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Basic realm="Sala", charset="UTF-8"'
    return answer


def _no_token(error: CSRFError) -> AnyResponse:
    if request.path in _FORMS:
        return redirect(f"{SIGN_IN}?said=form_expired", 303)
    return _problem(400, "Bad Request", f"{error.description} Send it as X-CSRFToken, or use HTTP Basic.")


def begin(person: Person) -> None:
    """A new session: nothing of an older one in this browser stays."""
    assert person.person_id is not None  # it has just signed in
    account = find(person.person_id, current())
    session.clear()
    if account is not None:
        session.permanent = True
        login_user(Account(*account))


def end() -> None:
    """No session any more."""
    logout_user()
    session.clear()


def safe_next(address: str | None) -> str:
    """Where to go after signing in: an address of this server, else its first page."""
    address = address or "/"
    parts = urlsplit(address)
    ours = address.startswith("/") and not address.startswith("//") and not parts.scheme and not parts.netloc
    plain = "\\" not in address and all(letter.isprintable() for letter in address)
    return address if ours and plain and parts.path not in _FORMS else "/"
