"""Answers in gzip: a page of figures is JSON that shrinks to a tenth, and offices have slow lines."""

import gzip
from functools import lru_cache

from flask import Flask, Response, request

_LEAST_BYTES = 1024
_TYPES = ("application/json", "application/javascript", "text/")


@lru_cache(maxsize=64)
def _kept(_path: str, body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=6, mtime=0)


def _compress(response: Response) -> Response:
    if (
        "gzip" not in request.headers.get("Accept-Encoding", "")
        or "Content-Encoding" in response.headers
        or response.status_code != 200
        or not (response.mimetype or "").startswith(_TYPES)
    ):
        return response
    response.direct_passthrough = False
    body = response.get_data()
    if len(body) < _LEAST_BYTES:
        return response
    # The framework's bundles never change while the server runs: pressed once, hard; the rest quickly.
    lasting = request.path.startswith(("/_dash-component-suites/", "/assets/"))
    response.set_data(_kept(request.path, body) if lasting else gzip.compress(body, compresslevel=4, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    response.headers.add("Vary", "Accept-Encoding")
    return response


def install(server: Flask) -> None:
    """Press every answer of a server that is worth it."""
    server.after_request(_compress)
