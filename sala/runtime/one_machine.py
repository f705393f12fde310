"""Everything on one machine: Postgres, Airflow, the dashboard and the inbox, from one command to Ctrl-C."""

import fcntl
import json
import os
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psycopg2
from rich.console import Console
from sqlalchemy.engine import make_url

from sala.runtime import embedded_postgres
from sala.runtime.airflow_environment import airflow_environment
from sala.runtime.processes import ChildDied, Children
from sala.settings import REPOSITORY, settings

Progress = Callable[[str], None]

# Log servers listen beyond this machine, and the logs are files of this machine anyway.
AIRFLOW = {
    "api-server": ("api-server",),
    "scheduler": ("scheduler", "--skip-serve-logs"),
    "dag-processor": ("dag-processor",),
    "triggerer": ("triggerer", "--skip-serve-logs"),
}
PROGRAMS = Path(sys.executable).parent
INTERRUPTED = 130


class StandaloneError(Exception):
    """Sala cannot run here as asked; says why, and how to mend it."""


class Stopped(Exception):
    """Ctrl-C, SIGTERM or a closed terminal."""


@dataclass(frozen=True)
class Step:
    """A piece of work with the title shown for it; it reports its progress in words."""

    title: str
    work: Callable[[Progress], object]


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
    children: Children | None = None
    signals = {
        number: signal.signal(number, _stop) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    reported = False
    try:
        with _alone():
            try:
                ports = (
                    _port(settings().port, "SALA_PORT"),
                    _port(settings().airflow_port, "SALA_AIRFLOW_PORT"),
                )
                database_url = _database(screen)
                children = Children(settings().home / "logs")  # after Postgres, which is to outlive them
                addresses = _start(children, screen, prepare, ports, database_url)
                Work(work, screen).wait(children)
                report(addresses)
                reported = True
                while not once:
                    children.check()
                    time.sleep(0.5)
            finally:
                for number in signals:
                    signal.signal(number, signal.SIG_IGN)  # being in a hurry does not help
                screen.say("Stopping")
                if children:
                    children.stop()
                embedded_postgres.stop()
                screen.say("Stopped")
    except Stopped:
        return 0 if reported else INTERRUPTED
    except (StandaloneError, ChildDied, embedded_postgres.EmbeddedError) as error:
        screen.fail(str(error))
        return 1
    finally:
        for number, handler in signals.items():
            signal.signal(number, handler)
    return 0


class Screen:
    """Lines with the seconds since the start, readable on a terminal and in a log file."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.console = Console(highlight=False, soft_wrap=True)

    def say(self, line: str) -> None:
        self.console.print(f"[dim]{time.monotonic() - self.started:6.1f} s[/dim]  {line}")

    def fail(self, message: str) -> None:
        Console(stderr=True, highlight=False, soft_wrap=True).print(message, style="red", markup=False)


class Work:
    """Steps in a thread of their own: the main thread stays free for signals and for children that die."""

    def __init__(self, steps: Sequence[Step], screen: Screen) -> None:
        self.steps, self.screen = steps, screen
        self.error: BaseException | None = None
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def wait(self, children: Children) -> None:
        """Wait for the last step. Raises the error of a step, or ChildDied."""
        while self.thread.is_alive():
            children.check()
            self.thread.join(0.2)
        if self.error:
            raise self.error

    def _run(self) -> None:
        try:
            for step in self.steps:
                started = time.monotonic()
                self.screen.say(f"{step.title} …")
                step.work(self._progress())
                self.screen.say(f"{step.title}: {time.monotonic() - started:.1f} s")
        except BaseException as error:
            self.error = error

    def _progress(self) -> Progress:
        """Shows what a step says, at most every other second."""
        shown = time.monotonic()

        def progress(words: str) -> None:
            nonlocal shown
            if time.monotonic() - shown >= 2:
                self.screen.say(f"    {words}")
                shown = time.monotonic()

        return progress


def _start(
    children: Children, screen: Screen, prepare: Sequence[Step], ports: tuple[int, int], database_url: str
) -> Addresses:
    dashboard_port, airflow_port = ports
    preparing = Work(prepare, screen)
    environment = airflow_environment(database_url, airflow_port)
    started = time.monotonic()
    _migrate_airflow(children, environment, database_url)
    for name, arguments in AIRFLOW.items():
        children.start(f"airflow-{name}", [str(PROGRAMS / "airflow"), *arguments], environment)
    addresses = Addresses(f"http://127.0.0.1:{dashboard_port}", f"http://127.0.0.1:{airflow_port}")
    threading.Thread(target=_say_when_healthy, args=(addresses.airflow, screen, started), daemon=True).start()

    preparing.wait(children)
    host = settings().host
    ours = {name: value for name, value in environment.items() if not name.startswith("AIRFLOW")}
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
    return addresses


def _migrate_airflow(children: Children, environment: dict[str, str], database_url: str) -> None:
    """`airflow db migrate`, which takes seconds even with nothing to do: only after a change of version."""
    url = make_url(database_url)
    wanted = f"Airflow {version('apache-airflow-core')}"
    connection = psycopg2.connect(
        host=url.host, port=url.port, user=url.username, password=url.password, dbname=url.database
    )
    with closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass('alembic_version'))")
        if cursor.fetchone() == (wanted,):
            return
        migrating = children.start(
            "airflow-migrate", [str(PROGRAMS / "airflow"), "db", "migrate"], environment
        )
        while not children.finished(migrating):
            time.sleep(0.1)
        cursor.execute("COMMENT ON TABLE alembic_version IS %s", [wanted])
        connection.commit()


def _say_when_healthy(url: str, screen: Screen, started: float) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while True:
        try:
            with direct.open(f"{url}/api/v2/monitor/health", timeout=5) as answer:
                health = json.load(answer)
            if all(
                health[part]["status"] == "healthy" for part in ("scheduler", "triggerer", "dag_processor")
            ):
                screen.say(f"Airflow is up: {time.monotonic() - started:.1f} s")
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            pass  # not yet; a part that died is reported by its process
        time.sleep(0.5)


def _database(screen: Screen) -> str:
    """The URL of Airflow's metadata database; starts the embedded Postgres unless everything is elsewhere."""
    airflow_url = settings().airflow_database_url
    if airflow_url and settings().database_url:
        return airflow_url
    started = time.monotonic()
    server = embedded_postgres.start()
    screen.say(f"Postgres is up on port {server.port}: {time.monotonic() - started:.1f} s")
    return airflow_url or server.airflow_url


def _port(port: int, variable: str) -> int:
    """The port asked for, checked to be free; 0 asks for any free one."""
    host = settings().host
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise StandaloneError(
                f"Port {port} of {host} cannot be used ({error.strerror}). "
                f"Stop what listens there, or set {variable} to another port."
            ) from error
        return int(probe.getsockname()[1])


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the home for ourselves. Raises StandaloneError when another `sala run` holds it."""
    settings().home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (settings().home / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise StandaloneError(
                f"Sala already runs on {settings().home} (process {lock.read().strip()}). "
                "Stop it first, or set SALA_HOME to another folder."
            ) from error
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def _stop(number: int, frame: object) -> None:
    raise Stopped
