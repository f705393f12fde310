"""What Postgres gives everybody with a login is taken away, by whoever may; the rest is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import make_url, text

from sala.runtime import embedded_postgres
from sql import deploy, warehouse
from tests.conftest import as_superuser


@pytest.fixture
def own_server(server: embedded_postgres.Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A database as Postgres 14 makes it, whose owner is no superuser."""
    as_superuser(
        "postgres",
        "CREATE ROLE plain LOGIN CREATEROLE PASSWORD 'plain'",
        "GRANT sala_reader, sala_loader TO plain",
        "CREATE DATABASE plain OWNER plain",
    )
    as_superuser("plain", "GRANT CREATE ON SCHEMA public TO PUBLIC", "CREATE EXTENSION pgcrypto")
    for variable, login, password in (
        ("SALA_DATABASE_URL", "plain", "plain"),
        ("SALA_APP_DATABASE_URL", "sala_app", make_url(server.app_url).password),
    ):
        url = make_url(server.url).set(username=login, password=password, database="plain")
        monkeypatch.setenv(variable, url.render_as_string(hide_password=False))
    yield
    warehouse.engine().dispose()
    as_superuser("postgres", "DROP DATABASE plain WITH (FORCE)", "DROP ROLE plain")


def test_the_embedded_server_leaves_nothing(empty_warehouse: None) -> None:
    assert deploy.migrate() == []


def test_an_owner_takes_what_it_may_and_names_the_rest(
    empty_warehouse: None, server: embedded_postgres.Server, own_server: None
) -> None:
    left = deploy.migrate()
    of_extensions, of_postgres = left
    assert of_extensions == "REVOKE EXECUTE ON ALL ROUTINES IN SCHEMA public FROM PUBLIC;"
    for function in (
        "lo_from_bytea(oid,bytea)",
        "pg_advisory_lock(bigint)",
        "pg_try_advisory_xact_lock(integer,integer)",
    ):
        assert function in of_postgres
    held = text(
        "SELECT has_database_privilege('sala_reader', current_database(), 'TEMP'),"
        " has_database_privilege('sala_reader', current_database(), 'CREATE'),"
        " has_schema_privilege('sala_reader', 'public', 'CREATE')"
    )
    with warehouse.transaction() as connection:
        assert tuple(connection.execute(held).one()) == (False, False, False)
    as_superuser("plain", *left)
    assert deploy.migrate() == []
