"""The process in which foreign files are read: `python -m transforms.intake.read.reader_process DESCRIPTOR`.

It imports once what reading needs and forks a child for each file, so that a file costs milliseconds and can harm
nothing but its own child: no database, key or setting is within its reach, and its memory and time end. The child of
the next file is forked before it is asked for, and has read something already; it is forked when the file before is
read, whose reader it would hold up. All works as long as somebody holds the other end of the channel, and ends with the
last of them, however they end.
"""

import ctypes
import gc
import io
import json
import os
import pickle
import resource
import select
import signal
import socket
import sys
from contextlib import suppress
from typing import NoReturn

import pyarrow.pandas_compat  # noqa: F401 (imported on first use otherwise, by each child)

from countries.declarations.exchange import Exchange
from countries.errors import CountryError
from countries.model import Country
from sala.errors import Refusal
from sala.trace import trace
from transforms.intake.read import limits
from transforms.intake.read.file import read
from transforms.intake.read.handover import (
    DAMAGE,
    FAULT,
    FAULT_BYTES,
    LONGEST_REQUEST,
    MEMORY,
    REASON,
    REFUSAL,
    TABLE,
    write_reason,
    write_refusal,
    write_table,
)
from validators.contracts.contract import contracts
from validators.country_rules import refuse_unsound
from validators.messages import rules, words
from validators.unreadable import Unreadable
from validators.values import clean

WARMING = b"period,area_code,scheme,sex,age_group,beneficiaries\n2026-10,1,2,F,_T,5\n"
"""What a child reads while it waits, so that its memory is its own before time counts."""

FILES_AT_ONCE = max(2, os.cpu_count() or 1)
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38
_libc = ctypes.CDLL(None)


def serve(channel: socket.socket) -> None:
    """Answer requests until nobody holds the other end.

    A request is a message (which dataset, what filename) with four descriptors: the country, the file, the output, and
    where to answer. The answer is how the child ended, as `waitpid` gives it. A child that comes to its end by itself
    says so beforehand, for to tear its memory down takes longer than to read a small file.
    """
    prepared = _Prepared()
    children: dict[int, tuple[int, socket.socket]] = {}
    poll = select.poll()
    while True:
        poll.register(channel, select.POLLIN if len(children) < FILES_AT_ONCE else 0)
        for ready, event in poll.poll():
            if ready in children:
                poll.unregister(ready)
                _answer(ready, *children.pop(ready))
                prepared.be_ready()
            elif event & select.POLLIN:
                message, descriptors, _, _ = socket.recv_fds(channel, LONGEST_REQUEST, 4)
                if not message:
                    return
                declared, file, output, answer = descriptors
                prepared.for_country(declared)
                process = prepared.hand_over(message, file, output, answer)
                handle = os.pidfd_open(process)
                children[handle] = process, socket.socket(fileno=answer)
                poll.register(handle, select.POLLIN)
            else:
                return


class _Prepared:
    """A child that waits for its file, and knows all of a country that reading needs to know."""

    def __init__(self) -> None:
        self._country: Country | None = None
        self._pickled = b""
        self._child: tuple[int, socket.socket] | None = None

    def for_country(self, declared: int) -> None:
        """Have the country that is pickled in this descriptor ready."""
        with open(declared, "rb") as file:
            pickled = file.read()
        if pickled != self._pickled:
            self._dismiss()
            country = pickle.loads(pickled)
            self._country, self._pickled = country, pickled
            for contract in contracts().values():
                for column in contract.columns:
                    clean(column, [], country)
            if country.exchange != Exchange():
                with suppress(CountryError):  # the file that needs it will say so
                    refuse_unsound(country.folder)
            gc.collect()
            gc.freeze()  # what is there now no child has to look through, and so to copy

    def hand_over(self, request: bytes, file: int, output: int, answer: int) -> int:
        """Have a file read by the child. Returns its process, which ends with its file."""
        while True:
            process, child = self._child or self.fork()
            self._child = None
            with child:
                try:
                    socket.send_fds(child, [request], [file, output, answer])
                except BrokenPipeError:  # somebody ended it while it waited
                    os.waitpid(process, 0)
                    continue
            os.close(file)
            os.close(output)
            return process

    def be_ready(self) -> None:
        """Have a child that waits."""
        if self._child is None:
            self.fork()

    def fork(self) -> tuple[int, socket.socket]:
        """A child, which waits for the next file."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        parent = os.getpid()
        process = os.fork()
        if process == 0:
            _read_and_exit(parent, theirs, self._country)
        theirs.close()
        self._child = process, ours
        return self._child

    def _dismiss(self) -> None:
        if self._child is not None:
            process, child = self._child
            child.close()
            os.waitpid(process, 0)
            self._child = None


def _answer(handle: int, process: int, answer: socket.socket) -> None:
    os.close(handle)
    _, status = os.waitpid(process, 0)
    with answer, suppress(OSError):  # who asked may be gone
        answer.send(status.to_bytes(4, "little"))


def _read_and_exit(parent: int, channel: socket.socket, country: Country | None) -> NoReturn:
    """Wait for one file, read it within limits, and leave what came of it in the output that comes with it."""
    status, output = DAMAGE, -1
    try:
        assert country is not None
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        _close_all_but(channel.fileno())
        if not select.select([channel], [], [], 0)[0]:  # else the file waits already
            write_table(read(WARMING, country), io.BytesIO())
        request, (file, output, answer), _, _ = socket.recv_fds(channel, LONGEST_REQUEST, 3)
        channel.close()
        if os.getppid() == parent:
            _limit(os.fstat(file).st_size)
            status = _read(country, request, file, output)
            os.write(answer, (status << 8).to_bytes(4, "little"))
    except MemoryError:
        status = MEMORY
    except Exception as fault:
        with suppress(BaseException):
            os.pwrite(output, trace(fault).encode()[-FAULT_BYTES:], 0)
        status = FAULT
    finally:  # also after a panic of the workbooks' reader, which is no Exception
        os._exit(status)


def _close_all_but(kept: int) -> None:
    """Close what belongs to the parent and to the files of others."""
    for descriptor in map(int, os.listdir("/proc/self/fd")):
        if descriptor > 2 and descriptor != kept:
            with suppress(OSError):  # what listed them is closed already
                os.close(descriptor)


def _read(country: Country, request: bytes, file: int, output: int) -> int:
    dataset, filename = json.loads(request)
    with open(file, "rb") as source, open(output, "wb", closefd=False) as out:
        try:
            write_table(read(source.read(), country, dataset, filename), out)
            return TABLE
        except Unreadable as reason:
            write_reason(reason, out)
            return REASON
        except Refusal as refusal:
            write_refusal(refusal, out)
            return REFUSAL


def _limit(size: int) -> None:
    """Give the process as much memory and time as a file of so many bytes may need, and no terminal."""
    cpu_seconds = min(limits.CPU_SECONDS + size // limits.BYTES_A_CPU_SECOND, limits.MOST_CPU_SECONDS)
    for what, most in (
        (resource.RLIMIT_AS, _address_space() + limits.MEMORY),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.MEMORY),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most + 1))  # at the second of them the kernel kills without a reason
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(limits.WALL_FACTOR * cpu_seconds)
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
        score.write("1000")  # where the whole machine runs out of memory, this goes first
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)


def _address_space() -> int:
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[0]) * resource.getpagesize()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is meant for those who ask
    rules(), words()
    serve(socket.socket(fileno=int(sys.argv[1])))
