"""Rows of the country folder, inserted or changed by their key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text


def upsert(connection: Connection, table: str, key: str, rows: list[dict[str, Any]]) -> None:
    """Insert rows into core.<table>, or change those whose `key` is there. Columns are the rows'; dicts become JSON."""
    if not rows:
        return
    columns = list(rows[0])
    values = ", ".join(f":{c}" for c in columns)
    changes = ", ".join(f"{c} = excluded.{c}" for c in columns if c != key)
    statement = text(
        f"INSERT INTO core.{table} ({', '.join(columns)}) VALUES ({values})"  # noqa: S608
        f" ON CONFLICT ({key}) DO UPDATE SET {changes}"
    )
    connection.execute(statement, [{c: _stored(v) for c, v in row.items()} for row in rows])


def _stored(value: Any) -> Any:
    return json.dumps(dict(value), ensure_ascii=False, default=str) if isinstance(value, Mapping) else value
