"""Who sends each request: by a session's cookie, by name and password (HTTP Basic), or by a token (Bearer)."""

from dataclasses import replace
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, g, redirect, request, session
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.datastructures import Authorization
from werkzeug.wrappers import Response as AnyResponse

from countries.country import current
from dashboards.server import problems
from dashboards.server.current_user import account_name
from dashboards.server.device import place_of, remember
from dashboards.server.security import PUBLIC_FILES, csrf
from dashboards.server.session_cookie import session_token, set_session_token
from sala.errors import NotAllowed, NotSignedIn, Refusal
from sql.warehouse import NoWarehouse
from transforms.identity.person import Person
from transforms.identity.second_factor import must_give
from transforms.identity.sessions import begin_session, end_session
from transforms.identity.sessions import session as session_of
from transforms.identity.sign_in import log_program, sign_in
from transforms.identity.tokens import token_holder

SIGN_IN, SIGN_OUT, PASSWORD, SECOND_FACTOR = "/sign-in", "/sign-out", "/password", "/second-factor"
PAGE_OF = "X-Sala-Account"
"""The header in which a page says for whom it was made."""
FOR = "for"
"""The field in which a form says the same."""

_FORMS = (SIGN_IN, SIGN_OUT, PASSWORD, SECOND_FACTOR)
_OF_NOBODY = (*PUBLIC_FILES, "/healthz")
_FOR_PROGRAMS = ("/api/", "/download/")
_FORM = "application/x-www-form-urlencoded"
_SAFE = ("GET", "HEAD", "OPTIONS")
_OF_OTHERS = ("cross-site", "same-site")  # as browsers say; programs say nothing


def install(server: Flask) -> None:
    """Before each request find out who sends it."""
    server.before_request(_find_person)


def install_token_check(server: Flask) -> None:
    """A cookie alone changes nothing without the page's token, which may stand in the body."""
    server.register_error_handler(CSRFError, _no_token)
    server.before_request(_ask_for_token)


def _find_person() -> Response | None:
    """Put the sender into `g.person`, and whoever has still to do something after signing in into `g.unfinished`."""
    if request.path.startswith(_OF_NOBODY) or not current().roles:
        return None
    if request.authorization is not None and request.path.startswith(_FOR_PROGRAMS):
        return _find_program(request.authorization)
    token = session_token()
    try:
        held = session_of(token, current()) if token else None
    except (NoWarehouse, DBAPIError):
        return None  # the page says what is wrong with the warehouse
    if held is not None:
        _let_in(held.person)
        g.by_cookie, g.by_provider = True, held.provider
    return _still_whom_the_page_was_for()


def _still_whom_the_page_was_for() -> Response | None:
    """Refuse what a page sends for an account whose session has ended meanwhile: a visitor must not send it."""
    if (of_page := request.headers.get(PAGE_OF)) and of_page != account_name():
        return problems.refused(NotSignedIn("session_ended", name=of_page))
    return None


def _ask_for_token() -> AnyResponse | None:
    """Where a browser knows who it is by itself: by a cookie, or by a name and password that it keeps sending."""
    if request.method in _SAFE:
        return None
    if request.headers.get("Sec-Fetch-Site") in _OF_OTHERS:
        return problems.refused(NotAllowed("other_site"))
    if request.mimetype == _FORM and (of_form := request.form.get(FOR)) and of_form != account_name():
        return redirect(f"{SIGN_IN}?outcome=form_expired", 303)
    if g.get("by_cookie") or request.path in _FORMS:
        csrf.protect()
    return None


def _find_program(given: Authorization) -> Response | None:
    """The same for a program, which sends a name and password or a token with every request."""
    try:
        if given.type == "bearer":
            _let_in(token_holder(given.token or "", current()))
        else:
            person = by_password(given.username or "", given.password or "")
            if must_give(person, current()):
                raise NotAllowed("second_factor_program")
            log_program(person)
            _let_in(person)
        if g.get("unfinished"):
            raise NotAllowed("must_change_password")
    except Refusal as refusal:
        return problems.refused(refusal)
    return None


def _let_in(person: Person) -> None:
    if person.unfinished:
        g.unfinished = person
    else:
        g.person = person


def _no_token(_error: CSRFError) -> AnyResponse:
    if request.path in _FORMS:
        return redirect(f"{SIGN_IN}?outcome=form_expired", 303)
    return problems.refused(Refusal("csrf_token_missing"))


def by_password(name: str, password: str) -> Person:
    """Who signs in by this request with a password. Raises NotSignedIn and TooMany."""
    return sign_in(name, password, current(), place_of(name))


def begin(person: Person, *, provider: bool = False, proved: bool = False) -> Person:
    """A new session of whoever has just signed in, in which nothing of an older one in this browser stays. The one
    place where sessions begin.

    `provider`: by OpenID Connect, where no password of Sala's has to be changed; `proved`: the second factor was given.
    Returns the person as the session has them.
    """
    must_prove = not proved and must_give(person, current())
    held = replace(person, must_prove=must_prove, must_change=person.must_change and not provider)
    end()
    set_session_token(begin_session(held, provider))
    remember(held.name)
    return held


def by_provider() -> bool:
    """Whether the session of this request began by a provider."""
    return bool(g.get("by_provider"))


def first_stop(person: Person, address: str | None) -> str:
    """Where somebody goes who has just signed in: to what has to be done first, else on to where they were going."""
    if person.must_prove:
        return f"{SECOND_FACTOR}?{urlencode({'next': safe_next(address)})}"
    return PASSWORD if person.must_change else safe_next(address)


def end() -> None:
    """Sign out whoever sent the request, wherever there is a copy of their cookie, and forget all that it held."""
    if token := session_token():
        end_session(token)
    session.clear()


def safe_next(address: str | None) -> str:
    """Where to go after signing in: an address of this server, else its first page."""
    address = address or "/"
    parts = urlsplit(address)
    ours = address.startswith("/") and not address.startswith("//") and not parts.scheme and not parts.netloc
    plain = "\\" not in address and all(letter.isprintable() for letter in address)
    return address if ours and plain and parts.path not in _FORMS else "/"
