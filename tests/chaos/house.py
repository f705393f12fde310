"""A running `sala run`, its processes by kind, and a way to kill any of them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import psutil

from sala.settings import settings

SALA = Path(sys.executable).parent / "sala"
START_SECONDS = 240

# What stands in the command line of each kind of child of `sala run`.
TITLES = {
    "api server": r"airflow (api_server|api-server)",
    "dag processor": r"airflow dag-processor",
    "triggerer": r"airflow triggerer",
    "scheduler": r"airflow scheduler",
    "task": r"airflow worker -- LocalExecutor",
    "inbox": r"transforms\.intake\.inbox",
    "gunicorn": r"gunicorn",
    "reader": r"reader_process",
}
EVERYTHING = "everything"
KINDS = ("scheduler", "triggerer", "api server", "dag processor", "task", "gunicorn master", "gunicorn worker",
         "backend", "postmaster", "inbox", "reader", EVERYTHING)  # fmt: skip


class House:
    """`sala run` in SALA_HOME, in a session of its own. `environment`: what it gets beside ours."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self.environment = {"SALA_PORT": "0", "SALA_AIRFLOW_PORT": "0"} | dict(environment or {})
        self.log = settings().home / "run.log"
        self.process = self._started()
        self.address = self.awaited()

    def _started(self) -> subprocess.Popen[bytes]:
        with self.log.open("a") as out:
            self.printed = out.tell()
            return subprocess.Popen(
                [SALA, "run"],
                env={**os.environ, **self.environment},
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def awaited(self) -> str:
        """The dashboard's address, printed when what waited is published. Raises AssertionError where it never is."""
        ends = time.monotonic() + START_SECONDS
        while time.monotonic() < ends and self.process.poll() is None:
            if match := re.search(r"Dashboard\s+(http://\S+)", self._said()):
                return match[1]
            time.sleep(0.2)
        raise AssertionError(self._said())

    def _said(self) -> str:
        return self.log.read_text()[self.printed :]

    def restart(self) -> None:
        """Start `sala run` again after everything was killed: at the same address, where the port is given."""
        self.process.wait()
        self.process = self._started()

    def stop(self) -> None:
        """Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(60)

    def kill(self, kind: str, pick: int = 0) -> bool:
        """Kill -9 one process of a kind, or everything at once; false where there is none at this moment."""
        found = self.processes()
        if kind == EVERYTHING:
            victims = [psutil.Process(self.process.pid), *(one for many in found.values() for one in many)]
        else:
            victims = found.get(kind, [])
            victims = victims and [victims[pick % len(victims)]]
        for victim in victims:
            with suppress(psutil.NoSuchProcess):
                victim.kill()
        return bool(victims)

    def processes(self) -> dict[str, list[psutil.Process]]:
        """Kind → the processes of it that run."""
        found: dict[str, list[psutil.Process]] = {}
        for process in self._family():
            with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                if kind := self._kind(process):
                    found.setdefault(kind, []).append(process)
        return found

    def _family(self) -> list[psutil.Process]:
        family: list[psutil.Process] = []
        with suppress(psutil.NoSuchProcess):
            family += psutil.Process(self.process.pid).children(recursive=True)
        with suppress(psutil.NoSuchProcess, FileNotFoundError, IndexError):
            server = psutil.Process(self._postmaster())
            family += [server, *server.children()]
        return family

    def _kind(self, process: psutil.Process) -> str | None:
        if "postgres" in process.name():
            return "postmaster" if process.pid == self._postmaster() else "backend"
        title = " ".join(process.cmdline())
        kind = next((kind for kind, pattern in TITLES.items() if re.search(pattern, title)), None)
        if kind == "gunicorn":
            return "gunicorn master" if process.ppid() == self.process.pid else "gunicorn worker"
        if kind == "task":  # the worker that runs it or, as a child of it, the task itself
            parent = psutil.Process(process.ppid())
            busy = process.children() or re.search(TITLES["task"], " ".join(parent.cmdline()))
            return kind if busy else None
        return kind

    def _postmaster(self) -> int:
        return int((settings().home / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])
