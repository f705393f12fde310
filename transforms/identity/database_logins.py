"""Database logins of people's own: they read `mart`, and of it the rows of their scope, with any SQL they like."""

import logging
import time

from psycopg2.extensions import encrypt_password
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from sala.errors import Conflict, Unavailable
from sql import warehouse

EVERY = 5.0  # seconds between two looks at the sessions of personal logins
_log = logging.getLogger(__name__)


def give(connection: Connection, name: str, password: str) -> str:
    """A login that sees what the account sees, and no more. Returns its name. Raises Unavailable and Conflict."""
    login = f"sala_person_{name}"[:63]
    able = text("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
    if not connection.execute(able).scalar():
        raise Unavailable("no_createrole")
    if connection.execute(text("SELECT to_regrole(:login)"), {"login": _quoted(login)}).scalar() is not None:
        raise Conflict("login_exists", login=login)
    # NOSUPERUSER and so on are what Postgres gives anyway
    connection.exec_driver_sql(
        f"CREATE ROLE {_quoted(login)} LOGIN PASSWORD %(verifier)s IN ROLE sala_reader",
        {"verifier": verifier(connection, password)},
    )
    connection.execute(text("SELECT ledger.limit_login(:login)"), {"login": login})
    connection.execute(
        text("UPDATE ledger.person SET login = :login WHERE name = :name"), {"login": login, "name": name}
    )
    return login


def change(connection: Connection, login: str, password: str) -> None:
    """Give a login a new password, which it needs from its next connection on."""
    statement = f"ALTER ROLE {_quoted(login)} PASSWORD %(verifier)s"
    connection.exec_driver_sql(statement, {"verifier": verifier(connection, password)})


def close(connection: Connection, login: str) -> None:
    """Nobody gets in with it any more."""
    connection.exec_driver_sql(f"ALTER ROLE {_quoted(login)} NOLOGIN")


def verifier(connection: Connection, password: str) -> str:
    """What Postgres keeps of a password (SCRAM-SHA-256): made here, so that no statement or log holds the password."""
    driver = connection.connection.driver_connection
    kept: str = encrypt_password(password, "", scope=driver, algorithm="scram-sha-256")
    return kept


def end_overdue_sessions(connection: Connection) -> int:
    """End the sessions of personal logins that must end (sql/relations/overdue_session.sql). Returns how many.

    In a transaction of its own, once what ends them is committed: a closed account, a changed password.
    """
    ended = connection.execute(text("SELECT login, why FROM ledger.end_overdue_sessions()")).all()
    for login, why in ended:
        _log.info("ended a session of %s: %s", login, why)
    return len(ended)


def watch_sessions() -> None:
    """End them again and again, for ever, because a timeout does not bind whoever can write SET."""
    while True:
        time.sleep(EVERY)
        try:
            with warehouse.acting(None) as connection:
                end_overdue_sessions(connection)
        except (warehouse.NoWarehouse, DBAPIError) as why:
            _log.info("no warehouse to watch: %s", type(why).__name__)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
