"""What somebody sees and may do is decided in the database, whatever the application asks."""

from __future__ import annotations

from contextlib import suppress

import psycopg2
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from countries.declarations.roles import ACTIONS
from sala.errors import NotAllowed
from sql import warehouse
from tests.transforms.identity.conftest import (
    ACCOUNTS,
    MONTH,
    PARENTS,
    PASSWORD,
    REPORTED,
    Chain,
    logged_in,
)
from transforms.identity.accounts import add, disable

# Every relation of mart that tells areas apart and is not open to everybody.
BY_AREA = ("indicator_value", "scheme_total", "scheme_return", "reporting_rate", "flash_report")


def seen(person_id: int | None, relation: str) -> set[str]:
    with warehouse.acting(person_id) as connection:
        return set(connection.execute(text(f"SELECT DISTINCT area_code FROM mart.{relation}")).scalars())  # noqa: S608


def expected(chain: Chain, name: str, relation: str) -> set[str]:
    """Of the areas that have such rows at all, those in the account's scope."""
    role, area, _ = ACCOUNTS[name]
    with warehouse.transaction() as connection:
        there = set(connection.execute(text(f"SELECT DISTINCT area_code FROM mart.{relation}")).scalars())  # noqa: S608
    return set() if role == "reader" else there & chain.within(area)


@pytest.mark.parametrize("relation", BY_AREA)
@pytest.mark.parametrize("name", ACCOUNTS)
def test_rows_end_where_the_scope_ends(chain: Chain, name: str, relation: str) -> None:
    assert seen(chain.people[name].person_id, relation) == expected(chain, name, relation)


@pytest.mark.parametrize("relation", BY_AREA)
def test_nobody_named_sees_what_a_visitor_may(chain: Chain, relation: str) -> None:
    assert seen(None, relation) == set()
    with warehouse.transaction() as connection:
        connection.execute(text("UPDATE core.country SET sample = true"))
    try:
        assert seen(None, relation) >= set(REPORTED)
    finally:
        with warehouse.transaction() as connection:
            connection.execute(text("UPDATE core.country SET sample = false"))


def test_areas_periods_and_people_are_open(chain: Chain) -> None:
    with warehouse.acting(None) as connection:
        for relation in ("area", "layer", "period", "scheme", "population", "indicator"):
            assert connection.execute(text(f"SELECT count(*) FROM mart.{relation}")).scalar_one(), relation  # noqa: S608


def test_an_account_that_is_closed_or_made_up_sees_nothing(chain: Chain) -> None:
    made = add(chain.country, "leaver", "analyst", "R", password=PASSWORD)
    with warehouse.transaction() as connection:
        number = connection.execute(text("SELECT max(person_id) FROM ledger.person")).scalar_one()
    assert seen(number, "indicator_value") == set(PARENTS)
    disable(made.name)
    assert seen(number, "indicator_value") == set()
    assert seen(number + 1000, "indicator_value") == set()


def test_who_sees_endorsed_figures_sees_them_when_they_are_signed(chain: Chain) -> None:
    reader = chain.people["reader-p1"].person_id
    assert seen(reader, "indicator_value") == set()
    with warehouse.transaction() as connection:  # as the committees of C11 and C22 would leave it
        connection.execute(
            text(
                "INSERT INTO core.compilation (period_id, dataset, area_id, state, since, as_known_at)"
                " SELECT p.period_id, 'scheme_returns', a.area_id, 'endorsed', now(), now()"
                " FROM core.area a, core.period p WHERE a.code IN ('C11', 'C22') AND p.key = :period"
            ),
            {"period": MONTH},
        )
    try:
        assert seen(reader, "indicator_value") == {"C11"}
    finally:
        with warehouse.transaction() as connection:
            connection.execute(text("DELETE FROM core.compilation"))


def test_a_scheme_administrator_sees_the_returns_of_its_own_schemes(chain: Chain) -> None:
    with warehouse.acting(chain.people["body-one"].person_id) as connection:
        for relation in ("scheme_return", "scheme_total"):
            schemes = connection.execute(text(f"SELECT DISTINCT scheme FROM mart.{relation}")).scalars()  # noqa: S608
            assert set(schemes) == {"first"}
        indicators = connection.execute(text("SELECT DISTINCT indicator FROM mart.indicator_value")).scalars()
        assert set(indicators) == {"older"}  # and none that is another's scheme alone


def test_files_are_seen_by_their_sender_and_above(chain: Chain) -> None:
    def files(name: str) -> set[str]:
        with warehouse.acting(chain.people[name].person_id) as connection:
            return set(connection.execute(text("SELECT filename FROM mart.submission")).scalars())

    ours = {f"{kind}C1{n}.csv" for n in (1, 2) for kind in ("", "flash-")}
    theirs = {name.replace("C1", "C2") for name in ours}
    assert files("officer-p1") == files("chair-p1") == ours
    assert files("chair-p2") == theirs
    assert files("officer-c11") == set()
    assert files("chair-r") >= ours | theirs


@pytest.mark.parametrize("name", ACCOUNTS)
def test_python_and_the_database_allow_the_same(chain: Chain, name: str) -> None:
    person = chain.people[name]
    with warehouse.acting(person.person_id) as connection:
        rows = connection.execute(
            text(
                "SELECT a.code, action, core.may(action, a.area_id) AS may"
                " FROM core.area a, unnest(CAST(:actions AS text[])) AS action"
            ),
            {"actions": list(ACTIONS)},
        ).all()
    assert {(r.code, r.action): r.may for r in rows} == {
        (code, action): person.may(action, code) for code in PARENTS for action in ACTIONS
    }
    assert {r.may for r in rows} == {True, False}


def test_signing_belongs_to_the_own_area(chain: Chain) -> None:
    chair = chain.people["chair-p1"]
    assert chair.may("endorse", "P1")
    for area in ("C11", "R", "P2", "nowhere"):
        assert not chair.may("endorse", area)
    assert chair.may("return", "C11")
    with pytest.raises(NotAllowed, match=r"chair-p1 .* may not endorse for the area C11. Ask"):
        chair.must("endorse", "C11")


# ── A login of one's own ────────────────────────────────────────────────────────────────────────────────────


WIDEN = (
    "SET sala.person = '{other}'",
    "SELECT set_config('sala.person', '{other}', false)",
    "SET ROLE sala_app",
    "SET ROLE sala",
    "SET ROLE sala_reader",
    "SET SESSION AUTHORIZATION sala_app",
    "SET row_security = off",
    "ALTER ROLE CURRENT_USER BYPASSRLS",
    "UPDATE ledger.person SET area_id = 1",
    "UPDATE core.country SET open = true",
    "INSERT INTO core.role SELECT * FROM core.role",
    "CREATE FUNCTION pg_temp.leak(integer) RETURNS boolean LANGUAGE sql COST 0.0001 AS 'SELECT true'",
    "CREATE TABLE public.mine (x integer)",
    "CREATE TEMP TABLE mine (x integer)",
    "ALTER TABLE core.return DISABLE ROW LEVEL SECURITY",
    "DROP POLICY reading ON core.return",
    "GRANT sala_app TO CURRENT_USER",
    "SELECT ledger.change_password('x')",
    "SELECT core.open_period(1, 'x', 'M', '2026-01-01', '2026-01-31')",
)


@pytest.mark.parametrize("attempt", WIDEN)
def test_no_statement_widens_a_login(chain: Chain, login: str, attempt: str) -> None:
    with logged_in(login, PASSWORD) as cursor:
        with suppress(psycopg2.Error):  # refused, or of no use: what is seen afterwards decides
            cursor.execute(attempt.format(other=chain.people["chair-r"].person_id))
        try:
            cursor.execute("SELECT DISTINCT area_code FROM mart.indicator_value")
            areas = {code for (code,) in cursor.fetchall()}
        except psycopg2.errors.InsufficientPrivilege:
            areas = set()
    assert areas <= chain.within("P1")


@pytest.mark.parametrize(
    "secret",
    [
        "SELECT hash FROM ledger.person",
        "SELECT * FROM ledger.account('chair-r')",
        "SELECT * FROM core.indicator_value_2026110",
        "SELECT * FROM core.scheme_total_2026110",
        "SELECT * FROM core.scheme_line_2026110",
        "SELECT * FROM core.reporting_2026110",
        "SELECT * FROM core.nonresponse_population_2026110",
        "SELECT ledger.begin_session('x', '1 h', '1 h', false, false)",
        "SELECT ledger.session_holder('x', '1 h', '1 h')",
        "SELECT ledger.attempt_succeeded('x', '{}')",
        "SELECT rolpassword FROM pg_authid",
        "COPY core.return TO '/tmp/x'",
    ],
)
def test_a_login_is_refused_what_has_no_scope(login: str, secret: str) -> None:
    with logged_in(login, PASSWORD) as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
        cursor.execute(secret)


def test_every_relation_that_a_login_may_read_ends_where_its_scope_ends(chain: Chain, login: str) -> None:
    """Whatever is granted: no count of the other province is in it, in any table, view or statistic."""
    hidden = chain.secrets(set(PARENTS) - chain.within("P1")) - chain.secrets(chain.within("P1"))
    with logged_in(login, PASSWORD) as cursor:
        cursor.execute(
            "SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname IN ('core', 'ledger', 'mart', 'public')"
            " AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')"
        )
        readable = [name for (name,) in cursor.fetchall()]
        assert {"mart.indicator_value", "core.scheme_total"} <= set(readable)
        for name in [*readable, "pg_stats", "mart.as_known_at(now())"]:
            cursor.execute(f"SELECT * FROM {name} AS x")  # noqa: S608
            held = {
                int(v) for row in cursor.fetchall() for v in row if isinstance(v, int | float) and v == int(v)
            }
            assert not held & hidden, name


def test_a_login_is_somebody(chain: Chain, login: str) -> None:
    with logged_in(login, PASSWORD) as cursor:
        cursor.execute("SELECT person, role, area_code FROM mart.me")
        assert cursor.fetchall() == [("analyst-sql", "analyst", "P1")]


def test_the_application_owns_nothing_and_is_no_superuser(chain: Chain) -> None:
    with warehouse.acting(None) as connection:
        assert connection.execute(text("SELECT session_user")).scalar() == "sala_app"
        roles = connection.execute(
            text(
                "SELECT rolname FROM pg_roles WHERE (rolsuper OR rolbypassrls OR rolcreaterole) AND rolname ~ '^sala_'"
            )
        )
        assert roles.all() == []
        owned = connection.execute(
            text("SELECT count(*) FROM pg_class WHERE relowner = to_regrole('sala_app')::oid")
        )
        assert owned.scalar() == 0
        with pytest.raises(ProgrammingError):
            connection.execute(text("SELECT hash FROM ledger.person"))


def test_no_partition_has_rights_of_its_own(chain: Chain) -> None:
    with warehouse.transaction() as connection:
        granted = connection.execute(
            text(
                "SELECT c.relname FROM pg_class c WHERE c.relispartition AND c.relkind = 'r'"
                " AND (has_table_privilege('sala_app', c.oid, 'SELECT')"
                "   OR has_table_privilege('sala_reader', c.oid, 'SELECT'))"
            )
        )
        assert granted.all() == []


def test_every_table_that_is_granted_and_has_areas_has_its_rules(chain: Chain) -> None:
    """A new table joins by itself: readable by the application, it is open on purpose or has row-level security."""
    purposely_open = {
        "area", "period", "country", "layer", "age_group", "scheme", "scheme_cell", "indicator", "indicator_part",
        "indicator_family", "indicator_cell", "calendar", "role", "population_line", "denominator", "committee",
        "eligible", "indicator_denominator", "administrator", "population_group", "area_spelling",
        "indicator_version", "indicator_sum", "indicator_sum_scheme", "indicator_sum_part", "indicator_less",
        "indicator_gap", "reference_amount", "plan_risk", "plan_review", "denominator_vintage",
    }  # fmt: skip
    with warehouse.transaction() as connection:
        bare = connection.execute(
            text(
                "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                " WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname IN ('core', 'ledger')"
                " AND NOT c.relrowsecurity AND (has_table_privilege('sala_app', c.oid, 'SELECT')"
                "   OR has_table_privilege('sala_reader', c.oid, 'SELECT'))"
            )
        ).scalars()
        assert set(bare) <= purposely_open
