"""Answers in brotli or gzip: a page of figures is JSON that shrinks to a tenth, and offices have slow lines."""

from flask import Flask, Request, Response
from flask_compress import Compress

_BUNDLES = "/_dash-component-suites/"
_MOST_BUNDLES = 128  # an address may carry any fingerprint, and each would be another one


class _Bundles:
    """Cache of flask-compress, path and encoding → compressed bytes: of the framework's bundles alone.

    They never change while the server runs, so each is compressed once; every other answer is compressed each time.
    """

    def __init__(self) -> None:
        self._pressed: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self._pressed.get(key)

    def set(self, key: str, value: bytes) -> None:
        if _BUNDLES in key and len(self._pressed) < _MOST_BUNDLES:
            self._pressed[key] = value


def _path(request: Request) -> str:
    return request.path


def _close_at_the_end(response: Response) -> Response:
    # Compress puts a generator in the place of what is sent, which then nobody closes: a file, a database's cursor
    if callable(close := getattr(response.response, "close", None)):
        response.call_on_close(close)
    return response


def install(server: Flask) -> None:
    """Have the server compress answers of the types listed from 1 KiB on, in brotli or gzip as the client accepts.

    An answer that is streamed is compressed piece by piece as it is sent.
    """
    server.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_ALGORITHM_STREAMING=["br", "gzip"],
        COMPRESS_CACHE_BACKEND=_Bundles,
        COMPRESS_CACHE_KEY=_path,
        COMPRESS_MIMETYPES=[
            "application/javascript",
            "application/json",
            "font/ttf",
            "text/css",
            "text/csv",
            "text/html",
            "text/javascript",
            "text/plain",
        ],
        COMPRESS_MIN_SIZE=1024,
    )
    Compress(server)
    server.after_request(_close_at_the_end)  # runs before the one of Compress
