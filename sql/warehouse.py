"""The one door to Postgres: connections, SQL files, bulk copies, migrations."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.csv
from sqlalchemy import Connection, CursorResult, Engine, create_engine, text

from sql.embedded import home

FOLDER = Path(__file__).parent


class NoWarehouse(Exception):
    """No database is configured, or it does not answer."""


def database_url() -> str:
    """SALA_DATABASE_URL, or what the embedded server wrote when it started."""
    if url := os.environ.get("SALA_DATABASE_URL"):
        return url
    written = home() / "database.url"
    if not written.exists():
        raise NoWarehouse(
            f"There is no database yet: {written} does not exist. Start Sala with `make run`, "
            "or name a server of your own in SALA_DATABASE_URL."
        )
    return written.read_text().strip()


@cache
def _engine(url: str) -> Engine:
    return create_engine(url, pool_pre_ping=True, pool_size=5, max_overflow=10)


def engine() -> Engine:
    return _engine(database_url())


@contextmanager
def transaction() -> Iterator[Connection]:
    """One connection, one transaction: committed when the block ends, undone when it raises."""
    with engine().begin() as connection:
        yield connection


@cache
def _statements(path: str) -> str:
    return (FOLDER / path).read_text(encoding="utf-8")


def run(connection: Connection, path: str, **params: Any) -> CursorResult[Any]:
    """Run sql/<path>, which may hold several statements; `:name` stands for a parameter."""
    return connection.execute(text(_statements(path)), params)


def read(connection: Connection, query: str, **params: Any) -> pd.DataFrame:
    """The rows of one query."""
    return pd.read_sql_query(text(query), connection, params=params)


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


def migrate() -> None:
    """Bring the database to the newest migration, and the views to what stands in sql/views."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER / "migrations"))
    with transaction() as connection:
        # two starts at once must not migrate at once
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('sala.migrate'))"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _rebuild_views(connection)


def _rebuild_views(connection: Connection) -> None:
    """Make core's and mart's views anew when their files have changed since the last deploy."""
    files = sorted((FOLDER / "views").glob("*.sql"))
    mark = "views " + hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()
    built = connection.execute(
        text("SELECT obj_description(to_regnamespace('mart'), 'pg_namespace')")
    ).scalar()
    if built and built.endswith(mark):
        return
    connection.execute(text("DROP SCHEMA IF EXISTS mart CASCADE; CREATE SCHEMA mart"))
    for file in files:
        connection.exec_driver_sql(file.read_text(encoding="utf-8").replace("%", "%%"))
    purpose = "What people query: present figures, readable names, a comment on every column"
    connection.execute(text(f"COMMENT ON SCHEMA mart IS '{purpose}; {mark}'"))
