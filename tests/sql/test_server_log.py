"""The server's log repeats no row, whatever goes wrong; a server whose log does is named with what mends it."""

from __future__ import annotations

import io
from contextlib import closing, suppress

import psycopg2
import pytest
from sqlalchemy import make_url

from sala.runtime import embedded_postgres
from sala.runtime.postgres_place import place_of_home
from sala.settings import REPOSITORY
from sql import warehouse
from sql.server_log import QUIET, loud_settings
from tests.conftest import as_superuser
from tests.sql.test_public_rights import own_server

__all__ = ["own_server"]

SECRET = "PERSON-4711"
FAILING = tuple(
    statement.replace("SECRET", SECRET)
    for statement in (
        "SELECT CAST('SECRET' AS integer)",
        "INSERT INTO kept VALUES (1, 'SECRET'), (1, 'SECRET')",
        "INSERT INTO kept VALUES (-1, 'SECRET')",
        "DO $$ BEGIN RAISE WARNING 'SECRET'; RAISE EXCEPTION 'SECRET'; END $$",
        "SELECT 1 AS SECRET",
    )
)


def test_what_fails_leaves_no_row_in_the_log(empty_warehouse: None) -> None:
    log = place_of_home().log
    url = make_url(warehouse.database_url()).set(drivername="postgresql")
    with closing(psycopg2.connect(url.render_as_string(hide_password=False))) as connection:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute("SET log_parameter_max_length_on_error = -1")  # the one that every login may set
        cursor.execute(
            "CREATE TEMP TABLE kept (number integer PRIMARY KEY CHECK (number > 0), text varchar(20))"
        )
        for statement in FAILING:
            with pytest.raises(psycopg2.Error):
                cursor.execute(statement)
        for line in (f"{SECRET}\tx\n", f"2\t{SECRET * 9}\n", f"3\t{SECRET}\n3\t{SECRET}\n"):
            with pytest.raises(psycopg2.Error):
                cursor.copy_expert("COPY kept FROM STDIN", io.StringIO(line))
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("SET log_min_messages = 'debug5'")
        with suppress(psycopg2.OperationalError):
            cursor.execute(f"SELECT pg_terminate_backend(pg_backend_pid()) /* {SECRET} */")
    written = log.read_text()
    assert (
        "terminating connection due to administrator command" in written
    )  # what concerns the server is there
    assert SECRET not in written


def test_a_server_that_logs_rows_is_named_with_what_mends_it(
    empty_warehouse: None, server: embedded_postgres.Server, own_server: None
) -> None:
    loud = (
        "log_min_messages = 'warning'",
        "log_error_verbosity = 'verbose'",
        "log_min_duration_statement = '250'",
    )
    as_superuser("plain", *(f"ALTER DATABASE plain SET {setting}" for setting in loud))
    with warehouse.transaction() as connection:
        said = loud_settings(connection)
    assert said == [
        "ALTER DATABASE plain SET log_error_verbosity = 'terse';",
        "ALTER DATABASE plain SET log_min_duration_statement = '-1';",
        "ALTER DATABASE plain SET log_min_messages = 'log';",
    ]
    as_superuser("plain", *said)
    warehouse.engine().dispose()
    with warehouse.transaction() as connection:
        assert loud_settings(connection) == []


def test_the_documentation_names_every_setting() -> None:
    documentation = (REPOSITORY / "docs" / "data-team.md").read_text()
    assert [
        f"{name} = {value}" for name, value in QUIET.items() if f"\n{name} = {value}\n" not in documentation
    ] == []
