"""Rows of the warehouse as plain Python values."""

from typing import Any

from sqlalchemy import Connection

from countries.period import Period
from sql import warehouse


def rows(connection: Connection, query: str, **params: Any) -> list[dict[str, Any]]:
    """The rows of a query as dictionaries, what is missing as None. `:period_id` in it is the number of `period`, and
    `:period_ids` are those of `periods`.
    """
    if ":period_id" in query:
        params["period_id"] = Period.id_of(params.get("period") or "")
        params["period_ids"] = [*map(Period.id_of, params.get("periods", ()))]
    frame = warehouse.read(connection, query, **params)
    columns = [
        [
            None if missing else value
            for value, missing in zip(frame[name].tolist(), frame[name].isna(), strict=True)
        ]
        for name in frame.columns
    ]
    return [dict(zip(frame.columns, row, strict=True)) for row in zip(*columns, strict=True)]
