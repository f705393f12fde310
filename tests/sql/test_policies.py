"""The list of policies reaches every table, and what it says is what Postgres does."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from sala.settings import REPOSITORY as ROOT
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


OURS = "pronamespace IN ('core'::regnamespace, 'ledger'::regnamespace, 'mart'::regnamespace)"
SETTINGS_OF_OWNERS = f"SELECT coalesce(proconfig, '{{}}') FROM pg_proc WHERE prosecdef AND {OURS}"  # noqa: S608
CALLED = f"""
    SELECT CASE WHEN pronamespace = 'mart'::regnamespace THEN 'mart'
                ELSE pronamespace::regnamespace || '.' || proname END AS name,
           has_function_privilege('sala_reader', oid, 'EXECUTE') AS reader,
           has_function_privilege('sala_app', oid, 'EXECUTE') AS app
    FROM pg_proc WHERE {OURS}
"""  # noqa: S608
PUBLIC = """
    SELECT p.oid::regprocedure::text
    FROM pg_proc p, aclexplode(coalesce(proacl, acldefault('f', proowner))) AS granted
    WHERE granted.grantee = 0
      AND pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
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


def test_functions_of_the_owner_find_names_where_nobody_else_makes_any(deployed: None) -> None:
    with warehouse.transaction() as connection:
        settings = connection.execute(text(SETTINGS_OF_OWNERS)).scalars().all()
    assert len(settings) > 20
    assert all("search_path=pg_catalog, pg_temp" in each for each in settings)


def test_each_function_is_called_by_those_whom_the_list_names(deployed: None) -> None:
    query = text(CALLED)
    called = policies().functions
    with warehouse.transaction() as connection:
        rows = connection.execute(query).all()
    assert {row.name for row in rows} >= {"mart", *called.everybody, *called.application}
    for row in rows:
        for_everybody = row.name in ("mart", *called.everybody)
        assert row.reader is for_everybody, row.name
        assert row.app is (for_everybody or row.name in called.application), row.name


def test_public_may_call_no_function_of_ours_nor_any_that_is_made_later(deployed: None) -> None:
    public = text(PUBLIC)
    with warehouse.transaction() as connection:
        connection.execute(text("CREATE FUNCTION core.later() RETURNS integer LANGUAGE sql AS 'SELECT 1'"))
        assert connection.execute(public).scalars().all() == []
        connection.rollback()


def test_nothing_waits_for_a_lock_that_a_reader_could_take() -> None:
    """Advisory locks are everybody's; Sala's are rows of core.lock."""
    folders = ("sql", "transforms", "dags", "dashboards", "sala")
    files = [
        file for folder in folders for kind in ("py", "sql") for file in (ROOT / folder).rglob(f"*.{kind}")
    ]
    assert len(files) > 300
    assert [
        file for file in files if "pg_advisory" in file.read_text() or "pg_try_advisory" in file.read_text()
    ] == []


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
