"""Child processes that end when we end, whatever ends us."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil

from sala.errors import Unavailable

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
PATIENCE = 8.0  # seconds that a stopping process has for its own clean-up


@dataclass(frozen=True)
class Child:
    """A process that we started, with the name shown for it and the file of its output."""

    name: str
    log: Path
    process: subprocess.Popen[bytes]

    def last_lines(self, count: int = 40) -> str:
        """The end of its output, for a message when it dies."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])


class Children:
    """The processes we started, with all that they forked.

    They stay in our process group, so that Ctrl-C and `kill -9` of the group reach them all. Start them from
    the main thread: on Linux they get SIGTERM when the thread that started them is gone.
    """

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.running: list[Child] = []
        logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        _linux("prctl", PR_SET_CHILD_SUBREAPER, 1)  # what a dead child forked becomes ours, not init's

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> Child:
        """Start a process that writes to `logs/<name>.log`; the log of the time before is kept beside it."""
        log = self.logs / f"{name}.log"
        if log.exists():
            log.rename(log.with_suffix(".log.1"))
        with log.open("wb") as output:
            process = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=partial(_die_with_parent, os.getpid()),
            )
        child = Child(name, log, process)
        self.running.append(child)
        return child

    def check(self) -> None:
        """Raises Unavailable, with the last lines of its log, where a process has ended that should run."""
        for child in self.running:
            status = child.process.poll()
            if status is not None:
                raise Unavailable(
                    "process_died",
                    name=child.name,
                    ending=_ending(status),
                    log=child.log,
                    lines=child.last_lines(),
                )

    def finished(self, child: Child) -> bool:
        """Whether a process that is meant to end has ended; raises Unavailable where it failed."""
        if child.process.poll() == 0:
            self.running.remove(child)
            return True
        if child.process.poll() is not None:
            self.check()
        return False

    def stop(self) -> None:
        """End everything: politely, and after PATIENCE seconds by force, forks of forks included."""
        family = psutil.Process().children(recursive=True)
        for child in self.running:
            if child.process.poll() is None:
                child.process.terminate()
        deadline = time.monotonic() + PATIENCE
        for child in self.running:
            try:
                child.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                break
        leftover = {process.pid: process for process in [*family, *psutil.Process().children(recursive=True)]}
        for process in leftover.values():
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(leftover.values(), timeout=PATIENCE)
        self.running.clear()


def _die_with_parent(parent: int) -> None:
    _linux("prctl", PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it died in between
        os.kill(os.getpid(), signal.SIGTERM)


def _linux(function: str, *arguments: int) -> None:
    if sys.platform == "linux":
        getattr(_libc, function)(*arguments)


_libc = ctypes.CDLL(None)  # loaded before any fork


def _ending(status: int) -> str:
    return f"exit status {status}" if status >= 0 else f"killed by {signal.Signals(-status).name}"
