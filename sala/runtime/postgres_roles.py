"""The roles and databases of the embedded Postgres."""

from contextlib import closing

import psycopg2

from sala.errors import Unavailable
from sala.settings import REPOSITORY

ROLES = ("sala", "airflow")  # each owns the database of its name, and neither is a superuser
LOGINS = (*ROLES, "sala_app")  # the last owns nothing: pages and API (`sala migrate` creates it)

_IS_SET_UP = """
    SELECT (SELECT count(*) FROM pg_roles WHERE rolname = ANY(%(roles)s)) = cardinality(%(roles)s)
       AND (SELECT count(*) FROM pg_database WHERE datname = ANY(%(roles)s)) = cardinality(%(roles)s)
       AND (SELECT rolcreaterole FROM pg_roles WHERE rolname = 'sala')
       AND (SELECT pg_has_role('sala', 'pg_use_reserved_connections', 'MEMBER WITH ADMIN OPTION'))
"""
_PUBLIC_RIGHTS = REPOSITORY / "sql" / "public_rights.sql"


def _is_set_up(port: int, passwords: dict[str, str]) -> bool:
    """Asked as `sala`, so that the superuser connects once in a cluster's life."""
    try:
        with (
            closing(_connection(port, passwords, "sala", "sala")) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(_IS_SET_UP, {"roles": list(ROLES)})
            return cursor.fetchone() == (True,) and not _public_rights(cursor)
    except psycopg2.OperationalError:
        return False


def set_up(port: int, passwords: dict[str, str]) -> None:
    """Make roles and databases; whatever is there already stays. Raises Unavailable."""
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
            # for sala_app and personal logins, which it grants rights
            cursor.execute("ALTER ROLE sala CREATEROLE")
            cursor.execute("GRANT SET ON PARAMETER temp_file_limit TO sala")
            # connections that personal logins cannot use up (reserved_connections)
            cursor.execute("GRANT pg_use_reserved_connections TO sala WITH ADMIN OPTION")
            cursor.execute("GRANT pg_use_reserved_connections TO airflow")
        with (
            closing(_connection(port, passwords, "postgres", "sala")) as connection,
            connection.cursor() as cursor,
        ):
            for statement in _public_rights(cursor):
                cursor.execute(statement)
    except psycopg2.OperationalError as error:
        raise Unavailable("postgres_set_up", port=port, reason=str(error).strip()) from error


def _public_rights(cursor: psycopg2.extensions.cursor) -> list[str]:
    """The statements that take from everybody what nobody may have in Sala's database."""
    cursor.execute(_PUBLIC_RIGHTS.read_text(encoding="utf-8"))
    return [statement for (statement,) in cursor.fetchall()]


def _connection(
    port: int, passwords: dict[str, str], role: str, database: str
) -> psycopg2.extensions.connection:
    connection = psycopg2.connect(
        host="127.0.0.1",
        port=port,
        dbname=database,
        user=role,
        password=passwords[role],
        options="-c search_path=pg_catalog",
    )
    connection.autocommit = True  # CREATE DATABASE refuses to run inside a transaction
    return connection
