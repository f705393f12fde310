"""Database logins of people's own: they read `mart`, and of it the rows of their scope, with any SQL they like."""

from sqlalchemy import Connection, text

from sala.errors import Conflict, Unavailable


def give(connection: Connection, name: str, password: str) -> str:
    """A login that sees what the account sees, and no more. Returns its name. Raises Unavailable and Conflict."""
    login = f"sala_person_{name}"[:63]
    able = text("SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
    if not connection.execute(able).scalar():
        raise Unavailable("no_createrole")
    if connection.execute(text("SELECT to_regrole(:login)"), {"login": _quoted(login)}).scalar() is not None:
        raise Conflict("login_exists", login=login)
    # NOSUPERUSER and so on are what Postgres gives anyway; a limit keeps one person from taking every connection.
    connection.exec_driver_sql(
        f"CREATE ROLE {_quoted(login)} LOGIN CONNECTION LIMIT 5 PASSWORD %(password)s IN ROLE sala_reader",
        {"password": password},
    )
    connection.exec_driver_sql(f"ALTER ROLE {_quoted(login)} SET search_path = mart")
    connection.execute(
        text("UPDATE ledger.person SET login = :login WHERE name = :name"), {"login": login, "name": name}
    )
    return login


def change(connection: Connection, login: str, password: str) -> None:
    """Give a login a new password, which it needs from its next connection on."""
    statement = f"ALTER ROLE {_quoted(login)} PASSWORD %(password)s"
    connection.exec_driver_sql(statement, {"password": password})


def close(connection: Connection, login: str) -> None:
    """Nobody gets in with it any more; sessions that are open see nothing, as the account is not active."""
    connection.exec_driver_sql(f"ALTER ROLE {_quoted(login)} NOLOGIN")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
