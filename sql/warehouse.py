"""The one door to Postgres: connections, SQL files, bulk copies. How a database is made stands in sql/deploy.py."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import psycopg2
import pyarrow as pa
import pyarrow.csv
from sqlalchemy import Connection, CursorResult, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from sala.errors import Unavailable
from sala.settings import settings

FOLDER = Path(__file__).parent
CONNECT_SECONDS = 5  # a server that takes longer to answer is away: whoever asks hears so, and does not hang
APPLICATION = "sala_app"  # the login of pages and API: owns nothing, and row-level security holds for it
DRIVER = "psycopg2"

_AWAY = (OperationalError, InterfaceError, PoolTimeout, psycopg2.OperationalError, psycopg2.InterfaceError)


class NoWarehouse(Unavailable):
    """No database is named, or it does not answer."""


def database_url() -> str:
    """SALA_DATABASE_URL, or what the embedded server wrote when it started."""
    if url := settings().database_url:
        return url
    written = settings().home / "database.url"
    if not written.exists():
        raise NoWarehouse("no_database", path=written)
    return written.read_text().strip()


def application_url() -> str:
    """SALA_APP_DATABASE_URL, or what the embedded server wrote: the same database as `sala_app`."""
    if url := settings().app_database_url:
        return url
    owner, written = settings().home / "database.url", settings().home / "app.url"
    elsewhere = settings().database_url
    if written.exists() and (not elsewhere or elsewhere == owner.read_text().strip()):
        return written.read_text().strip()
    if elsewhere:
        raise NoWarehouse("no_application_url", login=APPLICATION)
    raise NoWarehouse("no_database", path=written)


@cache
def _engine(url: str) -> Engine:
    """Raises NoWarehouse for a URL that is none of Postgres."""
    _must_be_of_postgres(url)
    # nothing that others made in `public` is ever taken for what Postgres or Sala calls by the same name
    arguments = {"options": "-c search_path=pg_catalog,pg_temp", "connect_timeout": CONNECT_SECONDS}
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=10,
        pool_timeout=CONNECT_SECONDS,
        connect_args=arguments,
        hide_parameters=True,
    )


def _must_be_of_postgres(url: str) -> None:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "postgresql" and parsed.get_driver_name() == DRIVER:
            return
    except (ArgumentError, ValueError):
        pass  # what was meant cannot be told, and the text may hold a password
    raise NoWarehouse("database_url", driver=DRIVER)


def engine() -> Engine:
    """The pool of connections as the owner, who sees every row; one a process and URL. Raises NoWarehouse."""
    return _engine(database_url())


@contextmanager
def _begun(url: str) -> Iterator[Connection]:
    """A transaction. Raises NoWarehouse where nobody answers at the URL."""
    try:
        connection = _engine(url).connect()
    except _AWAY as error:
        raise away(error) or error from error
    with connection, connection.begin():
        yield connection


def away(error: BaseException) -> NoWarehouse | None:
    """The refusal that an error is where the database went away or takes nobody yet; None for any other error."""
    if isinstance(error, NoWarehouse):
        return error if error.key == "database_silent" else None
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    if not lost and not isinstance(error, _AWAY):
        return None
    reason = str(getattr(error, "orig", error)).strip().partition("\n")[0]
    place = make_url(database_url()).render_as_string(hide_password=True)
    return NoWarehouse("database_silent", place=place, reason=reason)


@contextmanager
def transaction() -> Iterator[Connection]:
    """One connection as the owner, one transaction: committed when the block ends, undone when it raises."""
    with _begun(database_url()) as connection:
        yield connection


@contextmanager
def session() -> Iterator[Connection]:
    """A connection as the owner that is one session of Postgres, which ends with the block and not before; others see
    by it that its holder lives. The block begins and ends its transactions. Raises NoWarehouse."""
    try:
        connection = engine().connect()
    except _AWAY as error:
        raise away(error) or error from error
    with connection:
        try:
            yield connection
        finally:
            connection.invalidate()  # ends the session, which the pool would keep for the next


@contextmanager
def acting(person_id: int | None, actions: Sequence[str] | None = None) -> Iterator[Connection]:
    """One transaction in which a person reads and writes, within their role and area; None is a visitor.

    `actions`, where it is given, are all that the role may be used for. The login owns nothing, and names the person
    for this transaction alone; Postgres does the rest (sql/policies/).
    """
    with _begun(application_url()) as connection:
        _name(connection, "" if person_id is None else str(person_id), actions)
        yield connection


@contextmanager
def in_place_of(
    connection: Connection, role: str, person_id: int | None, actions: Sequence[str] | None = None
) -> Iterator[None]:
    """For a part of the owner's transaction, the rights of `role` (sala_reader, sala_loader) as far as a person's go.

    None is a visitor; `actions` as in `acting`. Row-level security then holds for the owner's connection as well.
    """
    _name(connection, "visitor" if person_id is None else str(person_id), actions)
    connection.exec_driver_sql(f"SET LOCAL ROLE {role}")
    yield
    # not in `finally`: a transaction that failed takes no more statements, and is undone with its settings
    connection.exec_driver_sql("SET LOCAL ROLE NONE")
    _name(connection, "", None)


def _name(connection: Connection, person: str, actions: Sequence[str] | None) -> None:
    connection.execute(
        text("SELECT set_config('sala.person', :person, true), set_config('sala.actions', :actions, true)"),
        {"person": person, "actions": "" if actions is None else ",".join(actions) or "none"},
    )


@cache
def _statements(path: str) -> str:
    return (FOLDER / path).read_text(encoding="utf-8")


def run(connection: Connection, path: str, **params: Any) -> CursorResult[Any]:
    """Run sql/<path>, which may hold several statements; `:name` stands for a parameter."""
    return connection.execute(text(_statements(path)), params)


def take_lock(connection: Connection, *name: str | int) -> None:
    """Wait for the lock of a name, of one or more words, and hold it until the transaction ends.

    Each statement after it sees everything that was committed by those who held it before.
    """
    connection.execute(text("SELECT core.take_lock(:name)"), {"name": " ".join(map(str, name))})


def expect_many_rows(connection: Connection) -> None:
    """For the rest of a transaction that works on tables whole: room not to sort on disk, and no nested loops, into
    which the planner's guesses at intermediate results would lead it."""
    connection.execute(text("SET LOCAL work_mem = '192MB'; SET LOCAL enable_nestloop = off"))


def read(connection: Connection, query: str, **params: Any) -> pd.DataFrame:
    """The rows of one query in its order, its columns in the types that pandas gives them."""
    return pd.read_sql_query(text(query), connection, params=params)


def extract(connection: Connection, query: str, params: Mapping[str, Any]) -> pd.DataFrame:
    """The rows of a query that gives only numbers, by COPY: many times as fast as `read` where they are many.

    Parameters are written `%(name)s`. Columns are int64; a missing value is an error.
    """
    buffer = io.BytesIO()
    with closing(connection.connection.cursor()) as cursor:
        filled = cursor.mogrify(query, dict(params)).decode()
        cursor.copy_expert(f"COPY ({filled}) TO STDOUT (FORMAT csv, HEADER)", buffer)
    return pa.csv.read_csv(pa.BufferReader(buffer.getbuffer())).to_pandas().astype("int64")


def copy(connection: Connection, table: str, frame: pd.DataFrame) -> None:
    """Append a frame to a table by COPY; the frame's columns are the table's, a missing value is NULL."""
    buffer = io.BytesIO()
    pa.csv.write_csv(
        pa.Table.from_pandas(frame, preserve_index=False),
        buffer,
        pa.csv.WriteOptions(include_header=False),
    )
    buffer.seek(0)
    columns = ", ".join(f'"{name}"' for name in frame.columns)
    with closing(connection.connection.cursor()) as cursor:
        cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN (FORMAT csv)", buffer)
