"""How much a request may send: little; more to a callback; a file, if one may hand in files."""

from flask import Flask, request

from dashboards.server.current_user import person

SMALL_BYTES = 256 * 1024
CALLBACK_BYTES = 4 * 1024 * 1024
FILE_BYTES = 200 * 1024 * 1024
FILES = "/api/v1/submissions"
CALLBACKS = "/_dash-update-component"


def install(server: Flask) -> None:
    """Set each request's limit, as soon as it is known who sends it and before its body is read."""
    server.config["MAX_CONTENT_LENGTH"] = server.config["MAX_FORM_MEMORY_SIZE"] = SMALL_BYTES
    server.before_request(_limit)


def _limit() -> None:
    if request.path == FILES and "submit" in person().actions:
        request.max_content_length = FILE_BYTES
    elif request.path == CALLBACKS:
        request.max_content_length = CALLBACK_BYTES


def kilobytes() -> int:
    """How much of what was sent the current request may have: of the whole, or else of its fields that are no file."""
    most = request.max_content_length or SMALL_BYTES
    return (SMALL_BYTES if (request.content_length or most) < most else most) // 1024
