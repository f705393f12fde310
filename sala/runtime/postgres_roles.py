"""The roles and databases of the embedded Postgres."""

from contextlib import closing

import psycopg2

from sala.errors import Unavailable

ROLES = ("sala", "airflow")  # each owns the database of its name, and neither is a superuser
LOGINS = (*ROLES, "sala_app")  # the last owns nothing: pages and API (`sala migrate` creates it)

_IS_SET_UP = """
    SELECT (SELECT count(*) FROM pg_roles WHERE rolname = ANY(%(roles)s)) = cardinality(%(roles)s)
       AND (SELECT count(*) FROM pg_database WHERE datname = ANY(%(roles)s)) = cardinality(%(roles)s)
       AND (SELECT rolcreaterole FROM pg_roles WHERE rolname = 'sala')
"""


def _is_set_up(port: int, passwords: dict[str, str]) -> bool:
    """Asked as `sala`, so that the superuser connects once in a cluster's life."""
    try:
        with (
            closing(_connection(port, passwords, "sala", "sala")) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(_IS_SET_UP, {"roles": list(ROLES)})
            return cursor.fetchone() == (True,)
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
    except psycopg2.OperationalError as error:
        raise Unavailable("postgres_set_up", port=port, reason=str(error).strip()) from error


def _connection(
    port: int, passwords: dict[str, str], role: str, database: str
) -> psycopg2.extensions.connection:
    connection = psycopg2.connect(
        host="127.0.0.1", port=port, dbname=database, user=role, password=passwords[role]
    )
    connection.autocommit = True  # CREATE DATABASE refuses to run inside a transaction
    return connection
