"""The embedded Postgres: whom it lets in, and what it survives."""

import os
import signal
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
import psycopg2
import pytest
from sqlalchemy.engine import make_url

from sala.runtime import embedded_postgres
from tests.sala.conftest import running


def ask(url: str, query: str, **changed: str) -> list[tuple[Any, ...]]:
    """The rows a query gives to whom the URL names (with `changed` parts of it)."""
    parts = make_url(url)
    login: dict[str, Any] = {"user": parts.username, "password": parts.password, "dbname": parts.database}
    with closing(psycopg2.connect(host=parts.host, port=parts.port, **{**login, **changed})) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(query)
            return list(cursor.fetchall()) if cursor.description else []


def postmaster(home: Path) -> psutil.Process:
    return psutil.Process(int((home / "postgres/data/postmaster.pid").read_text().split()[0]))


def test_two_owners_without_superpowers(home: Path) -> None:
    server = embedded_postgres.start()
    who = """
        SELECT rolname::text, current_database()::text, rolsuper FROM pg_roles WHERE rolname = current_user
    """
    assert ask(server.url, who) == [("sala", "sala", False)]
    assert ask(server.airflow_url, who) == [("airflow", "airflow", False)]
    # an extension's functions are everybody's, and Sala needs none
    assert ask(server.url, "SELECT extname::text FROM pg_extension") == [("plpgsql",)]
    assert ask(server.url, "SELECT lower('ÉÀ'), current_setting('timezone')") == [("éà", "UTC")]


def test_nobody_enters_without_a_password_or_from_elsewhere(home: Path) -> None:
    server = embedded_postgres.start()
    for login in ({"password": "wrong"}, {"password": ""}, {"user": "postgres", "password": ""}):
        with pytest.raises(psycopg2.OperationalError, match="password"):
            ask(server.url, "SELECT 1", **login)
    with pytest.raises(psycopg2.OperationalError, match="permission denied for database"):
        ask(server.url, "SELECT 1", dbname="airflow")
    listening = {
        c.laddr.ip for c in postmaster(home).net_connections("all") if c.status == psutil.CONN_LISTEN
    }
    assert listening == {"127.0.0.1"}
    for secret in ("database.url", "app.url", "postgres.json"):
        assert stat.S_IMODE((home / secret).stat().st_mode) == 0o600
    assert (home / "database.url").read_text().strip() == server.url


def test_a_second_start_adopts_and_stop_leaves_nothing(home: Path) -> None:
    first = embedded_postgres.start()
    assert embedded_postgres.start() == first
    ask(first.url, "CREATE TABLE kept AS SELECT 7 AS seven")
    embedded_postgres.stop()
    assert running(home) == []
    embedded_postgres.stop()
    assert ask(embedded_postgres.start().url, "SELECT seven FROM kept") == [(7,)]


def test_a_killed_server_recovers_what_was_committed(home: Path) -> None:
    server = embedded_postgres.start()
    ask(server.url, "CREATE TABLE kept AS SELECT generate_series(1, 100000) AS number")
    postmaster(home).kill()
    assert ask(embedded_postgres.start().url, "SELECT count(*) FROM kept") == [(100000,)]


def test_a_pid_file_that_names_somebody_else_is_no_obstacle(home: Path) -> None:
    embedded_postgres.start()
    server = postmaster(home)
    file = home / "postgres/data/postmaster.pid"
    lines = file.read_text().splitlines()
    server.send_signal(signal.SIGKILL)
    server.wait(10)
    file.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    os.chown(file, file.parent.stat().st_uid, file.parent.stat().st_gid)
    embedded_postgres.start()
    assert postmaster(home).pid != os.getpid()


def test_a_home_that_is_closed_to_others_stays_closed(secluded_home: Path) -> None:
    server = embedded_postgres.start()
    assert ask(server.url, "SELECT 1") == [(1,)]
    assert stat.S_IMODE(secluded_home.parent.stat().st_mode) == 0o700
    data = secluded_home.joinpath("postgres").resolve()
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    embedded_postgres.erase()
    assert not data.exists()
    assert running(secluded_home) == []
