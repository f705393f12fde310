"""Rows of the warehouse as plain Python values."""

from typing import Any

from sqlalchemy import Connection

from countries.period import Period
from sql import warehouse


def rows(connection: Connection, query: str, **params: Any) -> list[dict[str, Any]]:
    """The rows of a query as dictionaries, what is missing as None. `period_id` in it is the number of `period`."""
    if ":period_id" in query and params["period"]:
        params["period_id"] = Period.parse(params["period"]).id
    frame = warehouse.read(connection, query, **params)
    columns = [
        [
            None if missing else value
            for value, missing in zip(frame[name].tolist(), frame[name].isna(), strict=True)
        ]
        for name in frame.columns
    ]
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]
