"""What cannot be done, answered to programs as application/problem+json (RFC 9457): written here and nowhere else.

A refusal answers with its status and its text in the reader's language; a warehouse that does not answer is a 503.
Forms and downloads answer their readers themselves (dashboards.server.forms).
"""

import logging
from http import HTTPStatus
from typing import Any

from dash.exceptions import DependencyException
from flask import Flask, Response, make_response, request
from flask.sansio.scaffold import Scaffold
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from werkzeug.exceptions import HTTPException, NotFound

from dashboards.server import body_limits
from dashboards.server.current_user import account
from dashboards.server.trouble import TROUBLES, refusal_of
from sala.errors import NotAllowed, NotSignedIn, Refusal, TooLarge, TooMany, Unavailable
from sala.trace import discreet
from sala.translation.translator import FALLBACK, available

MEDIA_TYPE = "application/problem+json"
API = "/api/"
RETRY_AFTER_SECONDS = "30"  # until what does not answer is likely to be back
_log = discreet(logging.getLogger(__name__))


class InvalidField(BaseModel):
    """One thing that was sent wrongly."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(description="The query parameter or field; empty for the request as a whole.")
    message: str


class Problem(BaseModel):
    """What happened, and in `detail` how to mend it."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(
        default="about:blank", description="`urn:sala:refusal:RULE` where a rule of Sala refuses."
    )
    title: str
    status: int
    detail: str = Field(description="In the language of Accept-Language, where Sala has it.")
    rule: str = Field(default="", description="The rule of Sala that refuses.")
    params: dict[str, str] = Field(default={}, description="What the refusal is about.")
    errors: list[InvalidField] = Field(default=[], description="What was sent wrongly, each by its name.")


def install(server: Flask) -> None:
    """Under /api answer every error of HTTP itself as a problem, and log faults without what they repeat."""
    discreet(server.logger)
    server.register_error_handler(HTTPException, _http_error)
    server.register_error_handler(DependencyException, _no_such_file)
    server.register_error_handler(RecursionError, _too_deep)


def install_for_api(blueprint: Scaffold) -> None:
    """Answer every refusal of a blueprint's calls as a problem."""
    for kind in TROUBLES:
        blueprint.register_error_handler(kind, refused)


def refused(error: Exception) -> Response:
    """A refusal, or a warehouse that does not answer, in the reader's language."""
    return answer(_problem(refusal_of(error)))


def invalid(error: ValidationError) -> Response:
    """What a request model does not accept, each field by its name: 400."""
    errors = [
        InvalidField(name=".".join(str(part) for part in fault["loc"]), message=fault["msg"])
        for fault in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    fields = "; ".join(f"{fault.name}: {fault.message}" if fault.name else fault.message for fault in errors)
    return answer(_problem(Refusal("request_invalid", fields=fields), errors=errors))


def answer(problem: Problem) -> Response:
    """The response; 403 becomes 401 for somebody who could still sign in."""
    if problem.status == NotAllowed.status and account() is None:
        status = NotSignedIn.status
        problem = problem.model_copy(update={"status": status, "title": HTTPStatus(status).phrase})
    response = make_response(problem.model_dump_json(exclude_defaults=True), problem.status)
    response.content_type = MEDIA_TYPE
    if problem.status == Unavailable.status:
        response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    # A browser's page gets no box for a password from its browser: it has its own page for that.
    if problem.status == NotSignedIn.status and "Sec-Fetch-Site" not in request.headers:
        response.headers.add("WWW-Authenticate", 'Basic realm="Sala", charset="UTF-8"')
        response.headers.add("WWW-Authenticate", 'Bearer realm="Sala"')
    return response


def _problem(refusal: Refusal, **more: Any) -> Problem:
    language = request.accept_languages.best_match(available(), FALLBACK) or FALLBACK
    return Problem(
        type=f"urn:sala:refusal:{refusal.key}",
        title=HTTPStatus(refusal.status).phrase,
        status=refusal.status,
        detail=refusal.text(language),
        rule=refusal.key,
        params=refusal.blanks(language) if not more else {},
        **more,
    )


def _http_error(error: HTTPException) -> Any:
    """Of HTTP itself: no such address, a method that is not offered, a body too large, too many requests."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if status == HTTPStatus.TOO_MANY_REQUESTS:  # a form's sender reads the same
        return refused(TooMany("too_many_requests"))
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return refused(TooLarge("request_too_large", most=f"{body_limits.kilobytes():,}"))
    if not request.path.startswith(API):
        return error
    detail = error.description or error.name
    response = answer(Problem(title=HTTPStatus(status).phrase, status=status, detail=detail))
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers.add(name, value)
    return response


def _no_such_file(error: DependencyException) -> Any:
    """Of a package that Dash does not serve: a made-up address, not a fault."""
    return _http_error(NotFound())


def _too_deep(error: RecursionError) -> Response:
    """JSON in JSON in JSON, deeper than it can be read."""
    _log.warning("nested too deeply: %s", request.path, exc_info=error)
    return refused(Refusal("nested_too_deeply"))
