"""Answers in brotli or gzip: a page of figures is JSON that shrinks to a tenth, and offices have slow lines."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import brotli
from flask import Flask, Request, Response, request
from flask_compress import Compress

_PRESSED = [
    "application/javascript",
    "application/json",
    "font/ttf",
    "text/css",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/plain",
]
_PIECE = 65_536  # bytes
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


def _press_stream(response: Response) -> Response:
    """Press what is sent piece by piece, and let each piece go: else the first megabytes are kept back in silence."""
    if (
        not response.is_streamed
        or response.mimetype not in _PRESSED
        or "Content-Encoding" in response.headers
    ):
        return response
    kind = request.accept_encodings.best_match(["br", "gzip"])
    if kind is None or response.status_code != 200:
        return response
    content = response.response
    response.response = _pressed(response.iter_encoded(), kind)
    response.headers["Content-Encoding"] = kind
    response.headers.pop("Content-Length", None)
    response.vary.add("Accept-Encoding")
    if callable(close := getattr(content, "close", None)):  # nobody else closes a file, a database's cursor
        response.call_on_close(close)
    return response


def _pressed(content: Iterable[bytes], kind: str) -> Iterator[bytes]:
    """What was sent is given on at once, then whenever there is enough of it to be worth a piece of its own."""
    press: Any
    if kind == "br":
        press = brotli.Compressor(quality=4)
        compress, flush, finish = press.process, press.flush, press.finish
    else:
        press = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
        compress, flush, finish = press.compress, lambda: press.flush(zlib.Z_SYNC_FLUSH), press.flush
    held = _PIECE
    for part in content:
        held += len(part)
        out = compress(part)
        if held >= _PIECE:
            out, held = out + flush(), 0
        if out:
            yield out
    yield finish()


def install(server: Flask) -> None:
    """Have the server compress answers of the types listed from 1 KiB on, in brotli or gzip as the client accepts.

    An answer that is streamed is compressed piece by piece as it is sent.
    """
    server.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_STREAMS=False,
        COMPRESS_CACHE_BACKEND=_Bundles,
        COMPRESS_CACHE_KEY=_path,
        COMPRESS_MIMETYPES=_PRESSED,
        COMPRESS_MIN_SIZE=1024,
    )
    Compress(server)
    server.after_request(_press_stream)  # runs before the one of Compress
