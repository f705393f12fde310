"""Whoever sends slowly, or not at all, holds up nobody else: the gunicorn worker as it is run, and raw sockets."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
import requests

BEGINNINGS = {
    "silent": b"",
    "half a head": b"GET / HTTP/1.1\r\nHost: x\r\n",
    "a small body": b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nname",
    "a large body": b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\nname",
    "chunks": b"POST /sign-in HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nname=",
    "half of a second request": b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nG",
    "an end without an end": b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
}


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_slow_senders_hold_up_nobody(served: str, beginning: str) -> None:
    place = urlsplit(served)
    with ExitStack() as slow:
        for _ in range(30):
            sender = slow.enter_context(socket.create_connection((place.hostname, place.port)))
            sender.sendall(BEGINNINGS[beginning])
        assert requests.get(f"{served}/", timeout=60).status_code == 200


def test_a_request_in_pieces_is_read_whole(served: str) -> None:
    place = urlsplit(served)
    with socket.create_connection((place.hostname, place.port), timeout=30) as sender:
        for piece in (b"GET /hea", b"lthz HTTP/1.1\r\nHost: x\r\nConnec", b"tion: close\r\n", b"\r\n"):
            sender.sendall(piece)
            time.sleep(0.05)
        assert sender.makefile("rb").readline().startswith(b"HTTP/1.1 200")
