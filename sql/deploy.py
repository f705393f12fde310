"""Bring a database to what the files of this folder say: migrations, logins, and all that is made anew."""

from __future__ import annotations

import hashlib
from contextlib import suppress

from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import DBAPIError

from sql import definitions, dictionary, policies
from sql.policies import LOADER, READER
from sql.warehouse import APPLICATION, FOLDER, NoWarehouse, application_url, run, transaction

BEFORE_BASELINE = {"0001", "0002", "0003", "0004", "0005", "0006"}
# personal logins cannot use up the connections that the application needs, where the server keeps some (Postgres 16)
RESERVED = f"""
    DO $$ BEGIN
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'pg_use_reserved_connections')
           AND pg_has_role('pg_use_reserved_connections', 'MEMBER WITH ADMIN OPTION') THEN
            GRANT pg_use_reserved_connections TO {APPLICATION};
        END IF;
    END $$
"""
LOGINS = "SELECT ledger.return_logins()"
# the owner may lack the right to make logins
LIMITS = "SELECT ledger.limit_login(login) FROM ledger.person WHERE login IN (SELECT rolname FROM pg_roles)"
# since Postgres 16 who made a role may grant it, but is not in it
MAY_BECOME = """
    SELECT pg_has_role(
        :role, CASE WHEN current_setting('server_version_num')::integer < 160000 THEN 'MEMBER' ELSE 'SET' END)
"""
PURPOSE = "What people query: present figures, readable names, a comment on every column"


def migrate() -> list[str]:
    """Bring the database to the newest migration, and functions, views and rights to what stands in the files.

    Returns the statements that only a superuser of the server may run, without which everybody with a login on it may
    do what nobody should (sql/public_rights.sql); none for the embedded server.

    Tables change by migrations alone. All the rest is dropped and made anew when a file has changed since the last
    deploy, before the migrations run: nothing stays that no file makes, and no view is in a migration's way.
    """
    with transaction() as connection:
        _refuse_older_warehouse(connection)
        run(connection, "lock_deploy.sql")  # two starts at once must not migrate at once
        open_rights = _close_public_rights(connection)
        digest = _digest()
        if _deployed(connection) == digest:
            return open_rights
        run(connection, "drop_definitions.sql")
        _upgrade(connection)
        _hide_statistics(connection)
        _create_logins(connection)
        _create_definitions(connection)
        dictionary.comment(connection)
        policies.apply(connection)
        connection.execute(text(LOGINS))
        connection.execute(text(LIMITS))
        connection.execute(text(f"COMMENT ON SCHEMA mart IS '{PURPOSE}; {digest}'"))
    return open_rights


def _close_public_rights(connection: Connection) -> list[str]:
    """Take from PUBLIC what may be taken by this login. Returns the statements that it may not run, or in vain."""
    held = run(connection, "public_rights.sql").scalars().all()
    for statement in held:
        with suppress(DBAPIError), connection.begin_nested():
            connection.exec_driver_sql(statement)
    return list(run(connection, "public_rights.sql").scalars()) if held else []


def _refuse_older_warehouse(connection: Connection) -> None:
    if connection.execute(text("SELECT to_regclass('public.alembic_version')")).scalar() is None:
        return
    if connection.execute(text("SELECT version_num FROM public.alembic_version")).scalar() in BEFORE_BASELINE:
        raise NoWarehouse("older_warehouse")


def _digest() -> str:
    """Of every file in this folder, so that nothing which shapes a database is forgotten."""
    digest = hashlib.sha256()
    for file in sorted(FOLDER.rglob("*")):
        if file.suffix in (".sql", ".yml", ".yaml", ".py"):
            digest.update(f"{file.relative_to(FOLDER)}\n".encode() + file.read_bytes())
    return digest.hexdigest()


def _deployed(connection: Connection) -> str | None:
    """The digest of the files that the last deploy was made from."""
    query = text("SELECT obj_description(to_regnamespace('mart'), 'pg_namespace')")
    comment = connection.execute(query).scalar()
    return comment.rpartition("; ")[2] if comment else None


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _hide_statistics(connection: Connection) -> None:
    """While no view stands in the way of it."""
    tables = list(policies.policies().tables)
    for statement in run(connection, "hidden_statistics.sql", tables=tables).scalars().all():
        _execute(connection, statement)


def _create_logins(connection: Connection) -> None:
    """The application's login and the roles of personal logins and of loading, where they are missing.

    The owner is a member of the last two, to work in somebody's place with their rights (warehouse.in_place_of).
    """
    missing = [
        role
        for role in (APPLICATION, READER, LOADER)
        if not connection.execute(text("SELECT to_regrole(:role)"), {"role": role}).scalar()
    ]
    outside = [
        role
        for role in (READER, LOADER)
        if role in missing or not connection.execute(text(MAY_BECOME), {"role": role}).scalar()
    ]
    if missing or outside:
        _create(connection, missing, outside)
    connection.execute(text(RESERVED))


def _create(connection: Connection, missing: list[str], outside: list[str]) -> None:
    able = text("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
    if not connection.execute(able).scalar():
        raise NoWarehouse("roles_missing", roles=missing or outside, login=APPLICATION)
    if APPLICATION in missing:
        url = make_url(application_url())
        if url.username != APPLICATION or not url.password:
            raise NoWarehouse("application_login", login=APPLICATION)
        statement = f"CREATE ROLE {APPLICATION} LOGIN PASSWORD %(password)s"
        connection.exec_driver_sql(statement, {"password": url.password})
    for role in outside:
        if role in missing:
            connection.execute(text(f"CREATE ROLE {role} NOLOGIN"))
        try:
            with connection.begin_nested():
                connection.execute(text(f"GRANT {role} TO CURRENT_USER"))
        except DBAPIError:  # another owner of this server made the role
            raise NoWarehouse("roles_missing", roles=[role], login=APPLICATION) from None


def _create_definitions(connection: Connection) -> None:
    connection.execute(text("CREATE SCHEMA mart"))
    for one in definitions.in_order(map(definitions.definition, definitions.paths())):
        _execute(connection, one.sql)
    run(connection, "secure_functions.sql")


def _execute(connection: Connection, sql: str) -> None:
    """One script as it stands: a colon or a percent sign in it means itself."""
    connection.exec_driver_sql(sql.replace("%", "%%"))
