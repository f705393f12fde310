"""A gunicorn worker in which slow senders hold no thread.

The main loop looks at what the kernel has received, without taking it, and gives a request to a thread when all of it
is there. Only a body too large for that is read as it comes: by half of the threads at most, and at a least speed.
Whoever does not take the answer is left alone after some seconds. A proxy that buffers does the same; this holds
without one.
"""

from __future__ import annotations

import re
import socket
import time
from collections import deque
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.util import close_graceful
from gunicorn.workers.gthread import TConn, ThreadWorker

WHOLE_BYTES = 64 * 1024  # of a request that is waited for as a whole; a socket's buffer holds more
WHOLE_SECONDS = 20
STILL_SECONDS = 10  # without any byte, while a thread reads or writes
LEAST_BYTES_PER_SECOND = 1024

_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)


class PatientSocket(socket.socket):
    """A connection that ends, as if its other side had closed it, when nothing comes or it comes too slowly."""

    def __init__(self, accepted: socket.socket) -> None:
        super().__init__(accepted.family, accepted.type, accepted.proto, accepted.detach())
        self.new_request()

    def new_request(self) -> None:
        """Begin to measure anew."""
        self._began, self._bytes = time.monotonic(), 0

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """As a socket's; nothing where it would take too long."""
        if flags:
            return super().recv(size, flags)
        left = STILL_SECONDS + self._bytes / LEAST_BYTES_PER_SECOND - (time.monotonic() - self._began)
        self.settimeout(max(0.01, min(left, STILL_SECONDS)))
        try:
            received = super().recv(size)
        except TimeoutError:
            return b""
        self._bytes += len(received)
        return received

    def sendall(self, content: Any, flags: int = 0, /) -> None:
        """As a socket's, within the time that so many bytes may take."""
        self.settimeout(STILL_SECONDS + len(content) / LEAST_BYTES_PER_SECOND)
        super().sendall(content, flags)


class _Connection(TConn):
    def close(self, graceful: bool = False) -> None:
        """At once: all of a request has been read, and the main loop waits for nobody."""
        super().close()


class PatientWorker(ThreadWorker):
    """Threads get whole requests."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._large: set[TConn] = set()
        self._waiting: deque[TConn] = deque()

    def accept(self, listener: socket.socket) -> None:
        """Take a connection; a thread gets it with its first request."""
        try:
            accepted, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):
            return  # another worker was first, or the client is gone
        self.nr_conns += 1
        self._await(_Connection(self.cfg, PatientSocket(accepted), address, listener.getsockname()))

    def _await(self, conn: TConn) -> None:
        conn.timeout = time.monotonic() + WHOLE_SECONDS
        conn.sock.setblocking(False)
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def on_pending_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """Give it to a thread, or wait for more bytes than there are."""
        wanted = _still_wanted(conn.sock)
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, wanted or 1)
        if not wanted:
            conn.sock.new_request()
            super().on_pending_socket_readable(conn, client)

    def on_client_socket_readable(self, conn: TConn, client: socket.socket) -> None:
        """The next request on a connection that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._await(conn)

    def enqueue_req(self, conn: TConn) -> None:
        """Give it to a thread; a large body only while others keep their threads."""
        if _is_large(conn.sock):
            if len(self._large) >= max(1, self.cfg.threads // 2):
                self._waiting.append(conn)
                return
            self._large.add(conn)
        super().enqueue_req(conn)

    def handle(self, conn: TConn) -> Any:
        """As a thread does, but for one request: what a client sent behind it unasked may be half of the next."""
        kept = super().handle(conn) and not conn.parser.unreader.buf.getvalue()
        if not kept and conn in self._large:
            close_graceful(conn.sock)  # may be sending still, and would not read why it was refused
        return kept

    def _cap_keepalive(self, deadline: float) -> None:
        """A worker that stops waits no longer for what was not sent in whole."""
        super()._cap_keepalive(deadline)
        for conn in self.pending_conns:
            conn.timeout = min(conn.timeout, deadline)

    def finish_request(self, conn: TConn, answered: Any) -> None:
        """Let the next large body begin."""
        super().finish_request(conn, answered)
        if conn in self._large:
            self._large.remove(conn)
            if self._waiting:
                self.enqueue_req(self._waiting.popleft())


def _received(client: socket.socket) -> bytes:
    """What the kernel holds of a request, left where it is; empty where the connection is closed."""
    try:
        return client.recv(WHOLE_BYTES, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except OSError:
        return b""


def _still_wanted(client: socket.socket) -> int:
    """How many bytes there must be before it is worth looking again; 0: a thread may begin."""
    received = _received(client)
    if not received or len(received) >= WHOLE_BYTES:
        return 0
    head, end, _ = received.partition(b"\r\n\r\n")
    if not end:
        return len(received) + 1
    length = _body_bytes(head)
    whole = len(head) + len(end) + (length or 0)
    return whole if length is not None and len(received) < whole <= WHOLE_BYTES else 0


def _is_large(client: socket.socket) -> bool:
    head, end, _ = _received(client).partition(b"\r\n\r\n")
    length = _body_bytes(head)
    return bool(end) and (length is None or len(head) + len(end) + length > WHOLE_BYTES)


def _body_bytes(head: bytes) -> int | None:
    """How long the body says it is; None where it does not say so beforehand."""
    if _CHUNKED.search(head + b"\r\n"):
        return None
    length = _LENGTH.search(head + b"\r\n")
    return int(length[1]) if length else 0
