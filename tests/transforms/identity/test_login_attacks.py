"""Somebody with a database login, who has read the source and can write any SQL: what they try comes to nothing."""

from __future__ import annotations

import select
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import psycopg2
import pytest
from sqlalchemy import text

from sql import deploy, warehouse
from sql.policies import policies
from tests.transforms.identity.client import form_token, sign_in
from tests.transforms.identity.conftest import PARENTS, PASSWORD, Chain, logged_in
from tests.transforms.identity.test_accounts import NEW, browser
from transforms.identity import accounts
from transforms.identity.database_logins import end_overdue_sessions
from transforms.identity.person import SYSTEM
from transforms.intake.announcement import channel
from transforms.intake.submit import submit

REFUSED = (psycopg2.errors.InsufficientPrivilege, psycopg2.errors.FeatureNotSupported)

TRIED = (
    # names of one's own, that are taken for those of Sala
    "CREATE TEMP TABLE mine (n integer)",
    "CREATE DOMAIN pg_temp.text AS pg_catalog.text",
    "CREATE FUNCTION pg_temp.now() RETURNS timestamptz LANGUAGE sql AS 'SELECT NULL::timestamptz'",
    "CREATE OPERATOR pg_temp.= (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq)",
    "CREATE TABLE public.mine (n integer)",
    "CREATE FUNCTION public.format(text, name) RETURNS text LANGUAGE sql AS 'SELECT 1'",
    "CREATE SCHEMA mine",
    "CREATE EXTENSION dblink",
    "CREATE LANGUAGE plpython3u",
    "CREATE EVENT TRIGGER mine ON ddl_command_end EXECUTE FUNCTION ledger.append_only()",
    "CREATE PUBLICATION mine FOR ALL TABLES",
    # somebody else's rights
    "SET ROLE sala",
    "SET ROLE sala_app",
    "SET ROLE postgres",
    "SET SESSION AUTHORIZATION sala",
    "RESET SESSION AUTHORIZATION; SET SESSION AUTHORIZATION postgres",
    "GRANT sala_reader TO sala_app",
    "ALTER DEFAULT PRIVILEGES FOR ROLE sala GRANT ALL ON TABLES TO PUBLIC",
    # locks that others wait for
    "SELECT pg_advisory_lock(1)",
    "SELECT pg_try_advisory_xact_lock(1, 2)",
    "SELECT FROM core.lock FOR UPDATE",
    "SELECT core.take_lock('audit')",
    "SELECT FROM core.country FOR SHARE",
    "BEGIN; LOCK TABLE core.return IN SHARE MODE",
    "BEGIN; LOCK TABLE ledger.audit IN ACCESS SHARE MODE",
    # the disk, and files of the server
    "SELECT lo_from_bytea(0, 'x')",
    "SELECT lo_create(0)",
    "SELECT lo_get(1)",
    "SELECT * FROM pg_largeobject",
    "SELECT pg_logical_emit_message(false, 'x', repeat('x', 1000000))",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "COPY (SELECT 1) TO '/tmp/sala-attack'",
    "SELECT pg_read_file('postgresql.conf')",
    "SELECT pg_ls_dir('.')",
    "SELECT lo_import('/etc/passwd')",
    # limits
    "ALTER ROLE CURRENT_USER CONNECTION LIMIT -1",
    "ALTER ROLE CURRENT_USER VALID UNTIL 'infinity' LOGIN CREATEROLE",
    "ALTER ROLE CURRENT_USER IN DATABASE sala SET temp_file_limit = -1",
    "SET temp_file_limit = -1",
    "SET log_statement = 'all'",
    "SET session_replication_role = replica",
    "ALTER SYSTEM SET max_connections = 1",
    # others' sessions and passwords
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'sala_app'",
    "SELECT pg_reload_conf()",
    "SELECT pg_stat_reset()",
    "SELECT * FROM pg_authid",
    "SELECT * FROM pg_statistic",
)


@pytest.mark.parametrize("statement", TRIED)
def test_it_is_refused(chain: Chain, login: str, statement: str) -> None:
    with warehouse.acting(None), logged_in(login, PASSWORD) as cursor, pytest.raises(REFUSED):
        cursor.execute(statement)


def test_no_function_but_those_of_the_list_is_called(login: str) -> None:
    for_everybody = policies().functions.everybody
    with logged_in(login, PASSWORD) as cursor:
        cursor.execute(
            "SELECT p.oid::regprocedure::text, format('SELECT %s(%s)', p.oid::regproc,"
            " (SELECT string_agg('NULL::' || format_type(t, NULL), ', ') FROM unnest(p.proargtypes) AS t))"
            " FROM pg_proc p WHERE p.pronamespace::regnamespace::text IN ('core', 'ledger')"
            " AND p.prorettype <> 'trigger'::regtype"
        )
        others = [call for name, call in cursor.fetchall() if name.partition("(")[0] not in for_everybody]
        assert len(others) > 15
        for call in others:
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute(call)


def test_listening_tells_nothing(chain: Chain, login: str) -> None:
    with logged_in(login, PASSWORD) as cursor:
        cursor.execute("LISTEN sala_received")
        cursor.execute(f"LISTEN {channel()}")  # a name that no login can know
        submit(b"period,area_code\n", "secret.csv", by=SYSTEM, via="api")
        connection = cursor.connection
        assert select.select([connection], [], [], 5)[0]
        connection.poll()
        assert [(told.channel, told.payload) for told in connection.notifies] == [(channel(), "")]


def test_what_others_ask_is_not_read(chain: Chain, login: str) -> None:
    with warehouse.acting(None) as connection, logged_in(login, PASSWORD) as cursor:
        connection.execute(text("SELECT 'a secret'"))
        cursor.execute("SELECT usename, query FROM pg_stat_activity WHERE usename <> current_user")
        asked = dict(cursor.fetchall())
        assert set(asked.values()) == {"<insufficient privilege>"}
        assert {"sala_app"} <= asked.keys()


def test_the_planner_tells_nothing_of_hidden_rows(chain: Chain, login: str) -> None:
    """Neither by what it stores, nor by its estimates, nor by an error in a row that is hidden."""
    hidden = sorted(chain.secrets(set(PARENTS) - chain.within("P1")) - chain.secrets(chain.within("P1")))
    with warehouse.transaction() as connection:
        connection.execute(text("ANALYZE"))
    with logged_in(login, PASSWORD) as cursor:
        for column in ("core.scheme_line.beneficiaries", "core.scheme_total.beneficiaries", "core.return.total",
                       "core.indicator_value.numerator"):  # fmt: skip
            table, _, name = column.rpartition(".")
            estimates = set()
            for figure in (0, *hidden, 10**9):
                for operator in ("=", ">"):
                    cursor.execute(f"EXPLAIN SELECT FROM {table} WHERE {name} {operator} {figure}")
                    estimates.add((operator, cursor.fetchone()[0]))
            assert len(estimates) == 2, column
            cursor.execute(f"SELECT count(*) FROM {table} WHERE 1 / ({name} - {hidden[0]}) > 2")  # noqa: S608
        cursor.execute("SELECT tablename FROM pg_stats WHERE schemaname IN ('core', 'ledger')")
        told = {name for (name,) in cursor.fetchall()}
        assert not {name for name in told if f"core.{name}" in policies().tables}


def test_a_login_takes_five_connections_and_no_more(chain: Chain, login: str) -> None:
    with ExitStack() as held:
        for _ in range(5):
            held.enter_context(logged_in(login, PASSWORD))
        with pytest.raises(psycopg2.OperationalError, match="too many connections for role"):
            held.enter_context(logged_in(login, PASSWORD))
    # and those that many logins cannot take together are the application's
    reserved = text(
        "SELECT current_setting('reserved_connections'), rolname FROM pg_roles"
        " WHERE pg_has_role(oid, 'pg_use_reserved_connections', 'USAGE') AND NOT rolsuper"
        " AND rolname IN ('sala', 'sala_app', 'airflow', :login) ORDER BY rolname"
    )
    with warehouse.transaction() as connection:
        rows = connection.execute(reserved, {"login": login}).all()
    assert [tuple(row) for row in rows] == [("150", role) for role in ("airflow", "sala", "sala_app")]


# ── What ends a session ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def person(chain: Chain) -> Iterator[tuple[str, str]]:
    """An account with a login of its own."""
    made = accounts.add(
        chain.country, "analyst-gone", "analyst", "P1", password=PASSWORD, sql_login=True, must_change=False
    )
    assert made.login
    with warehouse.transaction() as connection:  # and made long ago
        connection.execute(
            text(
                "UPDATE ledger.person SET created_at = now() - interval '1 day', changed_at = now() - interval '1 day'"
                " WHERE login = :login"
            ),
            {"login": made.login},
        )
    yield "analyst-gone", made.login
    with warehouse.transaction() as connection:
        connection.exec_driver_sql(f'DROP ROLE "{made.login}"')
        connection.execute(text("DELETE FROM ledger.person WHERE login = :login"), {"login": made.login})


def alive(cursor: Any) -> bool:
    try:
        cursor.execute("SELECT 1")
    except psycopg2.Error:
        return False
    return True


def watch(limit: str, shortened: str) -> None:
    """One look at the sessions, in which a limit is shorter than it is."""
    with warehouse.transaction() as connection:
        rule = connection.execute(text("SELECT pg_get_viewdef('ledger.overdue_session')")).scalar_one()
        assert limit in rule
        connection.exec_driver_sql(
            f"CREATE OR REPLACE VIEW ledger.overdue_session AS {rule.replace(limit, shortened)}"
        )
        end_overdue_sessions(connection)
        connection.rollback()


def test_a_session_that_lifted_its_timeouts_is_ended_all_the_same(person: tuple[str, str]) -> None:
    with logged_in(person[1], PASSWORD) as cursor, logged_in(person[1], PASSWORD) as quiet:
        cursor.execute("SHOW temp_file_limit")
        assert cursor.fetchone() == ("2GB",)
        for setting in ("statement_timeout", "idle_in_transaction_session_timeout", "idle_session_timeout"):
            cursor.execute(f"SHOW {setting}")
            assert cursor.fetchone() != ("0",)
            cursor.execute(f"SET {setting} = 0")
        cursor.execute("BEGIN; SELECT count(*) FROM mart.area")
        with warehouse.transaction() as connection:
            end_overdue_sessions(connection)
        assert alive(cursor)
        watch("00:05:00", "00:00:00")
        assert not alive(cursor)
        assert alive(quiet)
        watch("01:00:00", "00:00:00")
        assert not alive(quiet)


def test_a_closed_account_is_out_of_the_database_at_once(person: tuple[str, str]) -> None:
    name, login = person
    with logged_in(login, PASSWORD) as cursor:
        assert alive(cursor)
        accounts.disable(name)
        assert not alive(cursor)
    with (
        pytest.raises(psycopg2.OperationalError, match="not permitted to log in"),
        logged_in(login, PASSWORD),
    ):
        pass


def test_a_password_changed_on_the_page_is_the_logins_too(chain: Chain, person: tuple[str, str]) -> None:
    name, login = person
    client = browser()
    sign_in(client, name)
    with logged_in(login, PASSWORD) as cursor:
        form = {"csrf_token": form_token(client, "/password"), "old": PASSWORD, "new": NEW, "again": NEW}
        assert client.post("/password", data=form).location == "/password?outcome=changed"
        assert not alive(cursor)
    with (
        pytest.raises(psycopg2.OperationalError, match="password authentication failed"),
        logged_in(login, PASSWORD),
    ):
        pass
    with logged_in(login, NEW) as cursor:
        assert alive(cursor)


def test_a_deploy_puts_older_logins_under_the_limits(
    person: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with warehouse.transaction() as connection:
        connection.exec_driver_sql(f'ALTER ROLE "{person[1]}" CONNECTION LIMIT -1')
    monkeypatch.setattr(deploy, "_digest", lambda: "another")
    deploy.migrate()
    with warehouse.transaction() as connection:
        limit = text("SELECT rolconnlimit FROM pg_roles WHERE rolname = :login")
        assert connection.execute(limit, {"login": person[1]}).scalar() == 5
