"""Foreign files are read in another process (`reader_process`), whose end is a verdict on the file and nothing more."""

import fcntl
import json
import logging
import mmap
import os
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from threading import Lock
from typing import BinaryIO

import pyarrow as pa

from countries.model import Country
from sala.errors import Unavailable
from sala.settings import REPOSITORY
from transforms.intake.read import limits
from transforms.intake.read.handover import (
    DAMAGE,
    FAULT,
    FAULT_BYTES,
    MEMORY,
    REASON,
    REFUSAL,
    TABLE,
    read_reason,
    read_refusal,
    read_table,
)
from validators.table import Table
from validators.unreadable import Unreadable

__all__ = ["Table", "Unreadable", "read", "start"]

ATTEMPTS = 3
FROM_OUTSIDE = {-signal.SIGKILL, -signal.SIGTERM, -signal.SIGHUP, -signal.SIGINT}
"""Ends for which the file need not be to blame: it is read once more."""

BEYOND_LIMITS = {MEMORY, -signal.SIGXCPU, -signal.SIGALRM, -signal.SIGABRT, -signal.SIGKILL}
"""Ends for want of memory or time; where a library finds no memory it aborts."""

UNCHANGED = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK

PATIENCE = 900
"""Seconds for which a file waits its turn and is read, on a machine that reads others first."""

_log = logging.getLogger(__name__)
_starting = Lock()
_reader: tuple[socket.socket, subprocess.Popen[bytes]] | None = None


class _Gone(Exception):
    """The reader, not the file, came to an end."""


def start() -> socket.socket:
    """Start the reader where it does not run yet, without waiting for it; processes forked later share it.

    Returns our end of its channel: the reader ends when nobody holds this end any more.
    """
    global _reader
    with _starting:
        if _reader is not None:
            return _reader[0]
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            process = subprocess.Popen(
                [sys.executable, "-m", f"{__package__}.reader_process", str(theirs.fileno())],
                env={
                    "PATH": os.defpath,
                    "LANG": "C.UTF-8",
                    "PYTHONPATH": str(REPOSITORY),
                    "OPENBLAS_NUM_THREADS": "1",  # nobody calculates there, and who forks has one thread
                    "ARROW_DEFAULT_MEMORY_POOL": "system",  # the others reserve more than they use
                },
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        _reader = ours, process
        return ours


def read(raw: bytes, country: Country, dataset: str | None = None, filename: str = "") -> Table:
    """The rows of a file, as `file.read` gives them, read within limits of memory and time.

    Raises `Unreadable`, also where the file brings its reader down, and Unavailable where nothing can be read now.
    """
    request = json.dumps([dataset, filename[-1000:]]).encode()
    with ExitStack() as stack:

        def memory(content: bytes) -> BinaryIO:
            descriptor = os.memfd_create("intake", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
            file = stack.enter_context(open(descriptor, "w+b", buffering=0))
            file.write(content)
            return file

        declared, file = memory(pickle.dumps(country)), memory(raw)
        for attempt in range(1, ATTEMPTS + 1):
            output = memory(b"")
            try:
                status = _answered(request, [declared, file, output])
            except _Gone:
                continue
            if status not in FROM_OUTSIDE or attempt == ATTEMPTS:
                return _outcome(status, output.fileno())
    raise Unavailable("no_reader")


def _answered(request: bytes, files: Sequence[BinaryIO]) -> int:
    """How the child ended that read the file. Raises `_Gone` where the reader itself has ended."""
    channel = start()
    answer, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with answer, theirs:
        answer.settimeout(PATIENCE)
        for file in files:
            file.seek(0)
        try:
            socket.send_fds(channel, [request], [*(file.fileno() for file in files), theirs.fileno()])
            theirs.close()
            if status := answer.recv(4):
                return _exit_code(status)
        except TimeoutError as late:
            raise Unavailable("no_reader") from late
        except OSError:
            pass  # it ended before we asked, or while
    _forget(channel)
    raise _Gone


def _exit_code(status: bytes) -> int:
    """What a child says of its end, or who waited for it; DAMAGE where that is no status."""
    try:
        return os.waitstatus_to_exitcode(int.from_bytes(status, "little"))
    except (ValueError, OverflowError):
        return DAMAGE


def _forget(channel: socket.socket) -> None:
    global _reader
    with _starting:
        if _reader and _reader[0] is channel:
            channel.close()
            _reader[1].poll()
            _reader = None


def _outcome(status: int, output: int) -> Table:
    """The table that was left; raises what was left instead."""
    try:
        fcntl.fcntl(output, fcntl.F_ADD_SEALS, UNCHANGED)  # who left it may live on
        if status == TABLE:
            return read_table(pa.py_buffer(mmap.mmap(output, 0, prot=mmap.PROT_READ)))
        if status == REASON:
            raise read_reason(os.pread(output, limits.MEGABYTE, 0))
        if status == REFUSAL:
            raise read_refusal(os.pread(output, limits.MEGABYTE, 0))
    except (ValueError, KeyError, TypeError, OSError) as nonsense:
        raise Unreadable("reader_failed") from nonsense
    if status == FAULT:
        _log.error("Reading a file failed:\n%s", os.pread(output, FAULT_BYTES, 0).decode(errors="replace"))
        raise Unreadable("reader_failed")
    raise Unreadable("too_demanding" if status in BEYOND_LIMITS else "reader_failed")
