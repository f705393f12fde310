"""Everything on one machine: Postgres, Airflow, the dashboard and the inbox, from one command to Ctrl-C."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial

import psycopg2
from sqlalchemy import make_url

from sala.errors import Conflict, Refusal, Unavailable
from sala.runtime import embedded_postgres
from sala.runtime.airflow_environment import airflow_environment
from sala.runtime.airflow_processes import PROGRAMS, start_airflow
from sala.runtime.processes import Children
from sala.runtime.steps import Screen, Step, Work, patiently
from sala.settings import REPOSITORY, settings

INTERRUPTED = 130
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Ctrl-C, SIGTERM or a closed terminal."""


@dataclass(frozen=True)
class Addresses:
    """Where people reach what runs."""

    dashboard: str
    airflow: str


def run(
    prepare: Sequence[Step], work: Sequence[Step], report: Callable[[Addresses], None], once: bool = False
) -> int:
    """Start everything, do the steps, report, and stay until Ctrl-C (or, with `once`, stop again).

    `prepare` runs beside the start of Airflow and needs nothing but Postgres; `work` runs when the dashboard
    and the inbox are started too. Returns an exit status. An error of a step is raised when all is stopped.
    """
    screen = Screen()
    before = {number: signal.signal(number, _stop) for number in SIGNALS}
    reported = False
    try:
        with _alone():
            try:
                ports = (
                    _port(settings().port, "SALA_PORT"),
                    _port(settings().airflow_port, "SALA_AIRFLOW_PORT"),
                )
                with _database(screen) as database:  # it outlives what needs it
                    children = Children(settings().home / "logs", database.answers, screen.say)
                    try:
                        addresses, check = _start(children, screen, prepare, ports, database)
                        Work(work, screen).wait(check)
                        patiently(partial(report, addresses), screen)
                        reported = True
                        while not once:
                            check()
                            time.sleep(0.5)
                    finally:
                        _ignore_signals()
                        screen.say("Stopping")
                        children.stop()
            finally:
                screen.say("Stopped")
    except Stopped:
        return 0 if reported else INTERRUPTED
    except Refusal as refusal:
        screen.fail(str(refusal))
        return 1
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return 0


def _start(
    children: Children, screen: Screen, prepare: Sequence[Step], ports: tuple[int, int], database: _Database
) -> tuple[Addresses, Callable[[], None]]:
    """Start everything. Returns where it is reached, and what has to be called often to keep it up."""
    dashboard_port, airflow_port = ports
    preparing = Work(prepare, screen)
    environment = airflow_environment(database.url, airflow_port)
    addresses = Addresses(f"http://127.0.0.1:{dashboard_port}", f"http://127.0.0.1:{airflow_port}")
    executor = start_airflow(children, environment, database.url, addresses.airflow, screen)

    def check() -> None:
        with children.letting_go():
            database.check(screen)
        executor.check()
        children.check()

    preparing.wait(check)
    host = settings().host
    ours = {name: value for name, value in environment.items() if not name.startswith("AIRFLOW")}
    ours["SALA_AIRFLOW_PORT"] = str(airflow_port)
    children.start(
        "dashboard",
        [
            *(
                str(PROGRAMS / "gunicorn"),
                "--config",
                "python:dashboards.server.gunicorn_config",
                "dashboards.app:server",
            ),
            *("--chdir", str(REPOSITORY), "--bind", f"{host}:{dashboard_port}"),
        ],
        ours,
    )
    children.start("inbox", [sys.executable, "-m", "transforms.intake.inbox"], ours)
    return addresses, check


@dataclass(frozen=True)
class _Database:
    """Airflow's metadata database, and the embedded server where anything is in it."""

    url: str
    embedded: embedded_postgres.Server | None

    def answers(self) -> bool:
        """Whether somebody can connect."""
        url = make_url(self.url).set(drivername="postgresql").render_as_string(hide_password=False)
        try:
            psycopg2.connect(url, connect_timeout=3).close()
        except psycopg2.OperationalError:
            return False
        return True

    def check(self, screen: Screen) -> None:
        """Start the embedded server again where it has died."""
        if self.embedded and embedded_postgres.revive(self.embedded):
            screen.say("Postgres ended by itself; it runs again")


@contextmanager
def _database(screen: Screen) -> Iterator[_Database]:
    """The embedded Postgres is borrowed unless everything is elsewhere."""
    airflow_url = settings().airflow_database_url
    if airflow_url and settings().database_url:
        yield _Database(airflow_url, None)
        return
    started = time.monotonic()
    with embedded_postgres.borrowed() as server:
        screen.say(f"Postgres is up on port {server.port}: {time.monotonic() - started:.1f} s")
        yield _Database(airflow_url or server.airflow_url, server)


def refuse_while_running() -> None:
    """Raises Conflict while `sala run` holds this home."""
    if settings().home.exists():
        with _alone():
            pass


def _port(port: int, variable: str) -> int:
    """The port asked for, checked to be free; 0 asks for any free one."""
    host = settings().host
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Unavailable(
                "port_taken", port=port, host=host, reason=error.strerror, variable=variable
            ) from error
        return int(probe.getsockname()[1])


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the home for ourselves. Raises Conflict when another `sala run` holds it."""
    settings().home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (settings().home / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            process = lock.read().strip()
            raise Conflict("already_running", home=settings().home, process=process) from error
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def _stop(number: int, frame: object) -> None:
    _ignore_signals()
    raise Stopped


def _ignore_signals() -> None:
    """While everything stops; being in a hurry does not help."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
