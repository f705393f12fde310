"""A cluster of Postgres at its place: made by initdb, started and stopped by pg_ctl.

It listens on one free port of 127.0.0.1, has no unix socket, and asks everybody for a password (scram).
"""

import os
import shutil
import socket
import subprocess
import time
from contextlib import closing
from pathlib import Path

from sala.errors import Unavailable
from sala.runtime.postgres_place import Place
from sala.secret import write_private
from sql.server_log import QUIET

DAY = 24 * 60 * 60

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "reserved_connections": "150",  # personal logins share the rest
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
    **QUIET,
}


def create(place: Place, password: str) -> None:
    """Make the cluster: initdb beside the final name, so that a half-made cluster is never taken for one."""
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
        raise Unavailable("postgres_create", folder=place.folder, reason=done.stderr.strip())
    half_done.rename(place.data)


def launch(place: Place, port: int | None = None) -> int:
    """Start on a port, any free one where none is named; returned once recovery is over. Raises Unavailable.

    Tries again when another process snatched the port, or backends of a killed server still hold its memory.
    """
    for pause in (0, 1, 2, 4, 8, 16):
        time.sleep(pause)
        listens = port or _free_port()
        before = place.log.stat().st_size if place.log.exists() else 0
        options = {**SETTINGS, "port": str(listens), "timezone": _utc(), **_shared_memory()}
        done = place.call(
            "pg_ctl",
            *("start", "-D", str(place.data), "-l", str(place.log), "-w", "-t", str(DAY)),
            *("-o", " ".join(f"-c {name}='{value}'" for name, value in options.items())),
        )
        if not done.returncode:
            return listens
        with place.log.open() as log:
            log.seek(before)
            lines = log.read()[-2000:].strip()
        if "already in use" not in lines and "still in use" not in lines:
            break
    raise Unavailable("postgres_start", log=place.log, reason=lines or done.stderr.strip())


def stop(place: Place) -> None:
    """Stop it cleanly; nothing happens where it does not run. Raises Unavailable."""
    if running_port(place) is None:
        return
    done = place.call("pg_ctl", "stop", "-D", str(place.data), "-m", "fast", "-w", "-t", "120")
    if done.returncode and running_port(place) is not None:
        raise Unavailable("postgres_stop", reason=done.stderr.strip(), log=place.log)


def is_gone(place: Place) -> bool:
    """Whether no process of the server is left that could answer; one that starts or recovers is not gone."""
    try:
        lines = (place.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return True
    return not lines or not _is_postgres(int(lines[0]), place)


def running_port(place: Place) -> int | None:
    """The port of the running server, once its recovery is over; None once its shutdown is over."""
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
    raise Unavailable("postgres_slow", log=place.log)


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
