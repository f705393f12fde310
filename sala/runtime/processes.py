"""Child processes that run as long as we do, started again when they die, and that end when we end."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psutil

from sala.errors import Unavailable

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
PATIENCE = 8.0  # seconds that a stopping process has for its own clean-up
SETTLED = 30.0  # seconds after which a process has shown that it can run
TRIES = 4  # of a process that ends by itself before it has ever settled: then its set-up is broken
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0  # seconds before it is started again, doubled each time


@dataclass
class Child:
    """A process of ours, with the name shown for it and the file of its output, and how often it has died."""

    name: str
    log: Path
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes]
    started: float = field(default_factory=time.monotonic)
    settled: bool = False
    deaths: int = 0  # since it last ran for SETTLED seconds
    again_at: float | None = None  # when it is to be started again; None while it runs

    def last_lines(self, count: int = 40) -> str:
        """The end of its output, for a message when it dies."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])

    def died(self) -> Unavailable:
        """What to say of its end."""
        return Unavailable(
            "process_died",
            name=self.name,
            ending=_ending(self.process.returncode),
            log=self.log,
            lines=self.last_lines(),
        )


class Children:
    """The processes we started, with all that they forked.

    They stay in our process group, so that Ctrl-C and `kill -9` of the group reach them all. Start and check them from
    the main thread: on Linux they get SIGTERM when the thread that started them is gone. `ready` says whether what all
    of them need is there: until then none is started again, and its death proves nothing. `say` hears of deaths.
    """

    def __init__(
        self,
        logs: Path,
        ready: Callable[[], bool] = lambda: True,
        say: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.logs, self.ready, self.say = logs, ready, say
        self.running: list[Child] = []
        logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        _linux("prctl", PR_SET_CHILD_SUBREAPER, 1)  # what a dead child forked becomes ours, not init's

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> Child:
        """Start a process that writes to `logs/<name>.log`; the log of the time before is kept beside it."""
        log = self.logs / f"{name}.log"
        child = Child(name, log, command, environment, _started(command, environment, log))
        self.running.append(child)
        return child

    def check(self) -> None:
        """Start again what has died, a little later each time. Raises Unavailable, with the last lines of its log,
        where a process ends by itself time after time and has never run for long: its set-up is broken."""
        for child in self.running:
            if child.again_at is None and child.process.poll() is not None:
                self._note_death(child)
            elif child.again_at is None and time.monotonic() - child.started > SETTLED:
                child.settled, child.deaths = True, 0
            elif child.again_at is not None and time.monotonic() >= child.again_at and self.ready():
                child.process = _started(child.command, child.environment, child.log)
                child.started, child.again_at = time.monotonic(), None

    def _note_death(self, child: Child) -> None:
        self._end_orphans()
        by_itself = child.process.returncode >= 0 and self.ready()
        if by_itself and not child.settled and child.deaths + 1 >= TRIES:
            raise child.died()
        pause = min(FIRST_PAUSE * 2**child.deaths, LONGEST_PAUSE)
        child.deaths += by_itself
        child.again_at = time.monotonic() + pause
        self.say(f"{child.name} ended ({_ending(child.process.returncode)}); it is started again")

    def _end_orphans(self) -> None:
        """End what the dead left behind: it holds their ports, and waits for work that nobody gives it."""
        ours = {child.process.pid for child in self.running}
        for orphan in psutil.Process().children():
            if orphan.pid not in ours:
                for process in (*orphan.children(recursive=True), orphan):
                    _kill(process)
                _reap(orphan.pid)

    @contextmanager
    def letting_go(self) -> Iterator[None]:
        """What is started in the block and outlives its parent is not ours."""
        _linux("prctl", PR_SET_CHILD_SUBREAPER, 0)
        try:
            yield
        finally:
            _linux("prctl", PR_SET_CHILD_SUBREAPER, 1)

    def finished(self, child: Child) -> bool:
        """Whether a process that is meant to end has ended; raises Unavailable where it failed."""
        status = child.process.poll()
        if status is not None:
            self.running.remove(child)
            if status:
                raise child.died()
        return status is not None

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
            _kill(process)
        psutil.wait_procs(leftover.values(), timeout=PATIENCE)
        self.running.clear()


def _started(command: Sequence[str], environment: Mapping[str, str], log: Path) -> subprocess.Popen[bytes]:
    if log.exists():
        log.rename(log.with_suffix(".log.1"))
    with log.open("wb") as output:
        return subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=partial(_die_with_parent, os.getpid()),
        )


def _kill(process: psutil.Process) -> None:
    with suppress(psutil.NoSuchProcess):
        process.kill()


def _reap(pid: int) -> None:
    """A process that became ours stays in the table until somebody asks for its end."""
    with suppress(ChildProcessError):
        os.waitpid(pid, 0)


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
