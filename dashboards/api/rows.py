"""Rows of the warehouse as JSON values, read by the person of the request."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
from sqlalchemy import text

from dashboards.server.current_user import acting, person
from sql import warehouse

PAGE_ROWS = 500
"""The rows that a list gives at most."""


def rows(query: str, **params: Any) -> list[dict[str, Any]]:
    """A query's rows in its order, column → JSON value, as far as the person of the request may read them.

    Times are ISO 8601 in UTC, days ISO 8601, decimals floats; NULL is None.
    """
    with acting() as connection:
        return [
            {name: json_value(value) for name, value in row.items()}
            for row in connection.execute(text(query), params).mappings()
        ]


def frame(query: str, **params: Any) -> pd.DataFrame:
    """The rows that the person of the request may read as a table, in the types that pandas gives its columns."""
    with acting() as connection:
        return warehouse.read(connection, query, **params)


def must_read(area_code: str) -> None:
    """Return where the person of the request may read the area, or there is no area of that code.

    Raises:
        NotAllowed: the area exists, and the person may not read it.
    """
    reader = person()
    if not reader.may("read", area_code) and rows(
        "SELECT 1 FROM mart.area WHERE area_code = :code LIMIT 1", code=area_code
    ):
        reader.must("read", area_code)


def json_value(value: Any) -> Any:
    """A value of the warehouse as JSON has it; of a list or dictionary, its values."""
    match value:
        case dict():
            return {name: json_value(each) for name, each in value.items()}
        case list():
            return [json_value(each) for each in value]
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return float(value)
    return value
