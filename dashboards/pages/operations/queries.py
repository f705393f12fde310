"""Files that a fault of Sala keeps from being taken in, as far as the reader sees them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from dashboards.queries.rows import rows
from dashboards.server.current_user import acting

_FAILURES = """
SELECT receipt, filename, state, attempts, failed_at, fault, says, alerted_at
FROM mart.failure ORDER BY state, failed_at DESC, receipt
"""


@dataclass(frozen=True)
class Failure:
    """A row of mart.failure; `says` is {language: text}."""

    receipt: str
    filename: str
    state: str
    attempts: int
    failed_at: dt.datetime
    fault: str | None
    says: Mapping[str, str] | None
    alerted_at: dt.datetime | None


def failures() -> list[Failure]:
    """Those that wait for a mend first, then those that are still tried; the newest of each first."""
    with acting() as connection:
        return [Failure(**row) for row in rows(connection, _FAILURES)]
