"""Who sends each request: by a session's cookie, by name and password (HTTP Basic), or by a token (Bearer)."""

from urllib.parse import urlsplit

from flask import Flask, Response, g, redirect, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.datastructures import Authorization
from werkzeug.wrappers import Response as AnyResponse

from countries.country import current
from dashboards.server import problems
from dashboards.server.security import csrf
from sala.errors import NotAllowed, Refusal
from sql.warehouse import NoWarehouse
from transforms.identity.person import Person, find
from transforms.identity.sign_in import sign_in
from transforms.identity.tokens import token_holder

SIGN_IN, SIGN_OUT, PASSWORD = "/sign-in", "/sign-out", "/password"
_FORMS = (SIGN_IN, SIGN_OUT, PASSWORD)
_OF_NOBODY = ("/_dash-component-suites/", "/assets/", "/_favicon", "/healthz")  # the same for everybody
_FOR_PROGRAMS = ("/api/", "/download/")
_SAFE = ("GET", "HEAD", "OPTIONS")


class Account(UserMixin):
    """A signed-in account as flask-login holds it. A new password counts `sessions` up, which ends the older ones."""

    def __init__(self, person: Person, sessions: int) -> None:
        self.person = person
        self.sessions = sessions

    def get_id(self) -> str:
        """What the cookie holds: the person's number and their count of sessions, with a colon between."""
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
    if request.authorization is not None and request.path.startswith(_FOR_PROGRAMS):
        return _find_program(request.authorization)
    try:
        signed_in = current_user.is_authenticated
    except (NoWarehouse, DBAPIError):
        return None  # the page says what is wrong with the warehouse
    if signed_in:
        _let_in(current_user.person)
    if request.method not in _SAFE and (signed_in or request.path in _FORMS):
        csrf.protect()
    return None


def _find_program(given: Authorization) -> Response | None:
    """The same for a program, which sends a name and password or a token with every request."""
    try:
        if given.type == "bearer":
            _let_in(token_holder(given.token or "", current()))
        else:
            _let_in(sign_in(given.username or "", given.password or "", current()))
        if g.get("unfinished"):
            raise NotAllowed("must_change_password")
    except Refusal as refusal:
        return problems.refused(refusal)
    return None


def _let_in(person: Person) -> None:
    if person.must_change:
        g.unfinished = person
    else:
        g.person = person


def _no_token(_error: CSRFError) -> AnyResponse:
    if request.path in _FORMS:
        return redirect(f"{SIGN_IN}?outcome=form_expired", 303)
    return problems.refused(Refusal("csrf_token_missing"))


def begin(person: Person) -> None:
    """A new session: nothing of an older one in this browser stays."""
    assert person.person_id is not None  # it has just signed in
    account = find(person.person_id, current())
    session.clear()
    if account is not None:
        session.permanent = True
        login_user(Account(*account))


def end() -> None:
    """Sign out whoever sent the request, and forget all that their cookie held."""
    logout_user()
    session.clear()


def safe_next(address: str | None) -> str:
    """Where to go after signing in: an address of this server, else its first page."""
    address = address or "/"
    parts = urlsplit(address)
    ours = address.startswith("/") and not address.startswith("//") and not parts.scheme and not parts.netloc
    plain = "\\" not in address and all(letter.isprintable() for letter in address)
    return address if ours and plain and parts.path not in _FORMS else "/"
