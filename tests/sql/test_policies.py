"""The list of policies reaches every table, and what it says is what Postgres does."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from sql import deploy, warehouse
from sql.policies import LIST, NotDeclared, apply, policies, statements
from tests.conftest import reset

GRANTED = """
    SELECT relnamespace::regnamespace || '.' || relname AS name, relrowsecurity AS secured,
           has_table_privilege('sala_reader', oid, 'SELECT') OR has_any_column_privilege('sala_reader', oid, 'SELECT')
               AS read,
           has_table_privilege('sala_reader', oid, 'INSERT, UPDATE, DELETE, TRUNCATE') AS write,
           has_table_privilege('sala_app', oid, 'TRUNCATE') AS truncate
    FROM pg_class
    WHERE relkind IN ('r', 'p', 'v') AND NOT relispartition
      AND relnamespace IN ('core'::regnamespace, 'ledger'::regnamespace)
"""


@pytest.fixture(scope="module")
def deployed(server: object) -> None:
    reset()


def test_each_table_has_the_rights_that_the_list_says(deployed: None) -> None:
    declared = policies()
    with warehouse.transaction() as connection:
        rows = connection.execute(text(GRANTED)).all()
    assert {row.name for row in rows} == declared.relations
    for row in rows:
        assert row.secured == (row.name in declared.tables), row.name
        assert not row.write, row.name
        assert not row.truncate, row.name
        if row.name not in declared.tables:
            assert row.read == (row.name in declared.open), row.name


def test_functions_of_the_owner_have_a_search_path_of_their_own(deployed: None) -> None:
    query = text(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE prosecdef"
        " AND pronamespace::regnamespace::text IN ('core', 'ledger', 'mart')"
        " AND NOT coalesce(proconfig @> ARRAY['search_path=pg_catalog'], false)"
    )
    with warehouse.transaction() as connection:
        assert connection.execute(query).scalars().all() == []


def test_closed_functions_are_closed(deployed: None) -> None:
    query = text(
        "SELECT has_function_privilege(:login, p.oid, 'EXECUTE') FROM pg_proc p WHERE p.oid = :name ::regproc"
    )
    called = policies().functions
    with warehouse.transaction() as connection:
        for login, names, expected in (
            ("sala_app", called.application, True),
            ("sala_reader", called.application, False),
            ("sala_app", called.closed, False),
            ("sala_reader", called.closed, False),
        ):
            for name in names:
                assert connection.execute(query, {"login": login, "name": name}).scalar() is expected, (
                    login,
                    name,
                )


def test_a_table_that_the_list_forgets_stops_the_deploy(deployed: None) -> None:
    with warehouse.transaction() as connection:
        connection.execute(text("CREATE TABLE core.forgotten (n integer)"))
        with pytest.raises(
            NotDeclared, match=r"policies\.yaml and the warehouse do not agree on core\.forgotten\."
        ):
            apply(connection)
        connection.rollback()


def test_an_unknown_word_in_the_list_is_refused(tmp_path: Path) -> None:
    spoilt = tmp_path / "policies.yaml"
    spoilt.write_text(
        LIST.read_text().replace(
            "core.scheme_total: {select: area_and_scheme}", "core.scheme_total: {reads: area}"
        )
    )
    with pytest.raises(ValidationError, match="reads"):
        policies(spoilt)


def test_a_right_that_the_list_does_not_give_is_taken_away(deployed: None) -> None:
    held = text("SELECT has_table_privilege('sala_reader', 'core.notice', 'INSERT')")
    with warehouse.transaction() as connection:
        connection.execute(text("GRANT INSERT ON core.notice TO sala_reader"))
        assert connection.execute(held).scalar() is True
        for statement in statements(policies()):
            if statement.startswith("REVOKE ALL"):
                connection.exec_driver_sql(statement)
        assert connection.execute(held).scalar() is False
        connection.rollback()


def test_deploying_twice_changes_nothing_and_a_changed_file_makes_all_anew(
    deployed: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = text("SELECT 'mart.area'::regclass::oid")
    with warehouse.transaction() as connection:
        before = connection.execute(made).scalar()
    deploy.migrate()
    with warehouse.transaction() as connection:
        assert connection.execute(made).scalar() == before
        tables = connection.execute(text("SELECT count(*) FROM pg_policies")).scalar()
        connection.execute(text("CREATE VIEW core.left_behind AS SELECT 1 AS n"))
    monkeypatch.setattr(deploy, "_digest", lambda: "another")
    deploy.migrate()
    with warehouse.transaction() as connection:
        assert connection.execute(made).scalar() != before
        assert connection.execute(text("SELECT to_regclass('core.left_behind')")).scalar() is None
        assert connection.execute(text("SELECT count(*) FROM pg_policies")).scalar() == tables


def test_entries_of_the_audit_log_are_only_appended(deployed: None) -> None:
    with pytest.raises(ProgrammingError, match="only ever appended"), warehouse.transaction() as connection:
        connection.execute(text("DELETE FROM ledger.audit"))


def test_a_warehouse_of_before_the_baseline_is_refused_in_a_line(deployed: None) -> None:
    with warehouse.transaction() as connection:
        connection.execute(text("UPDATE public.alembic_version SET version_num = '0006'"))
    try:
        with pytest.raises(warehouse.NoWarehouse, match=r"made by 0\.1\.0-dev; make a new SALA_HOME"):
            deploy.migrate()
    finally:
        reset()
