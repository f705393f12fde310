"""The queue between intake and compilation: which areas of which periods have to be compiled again.

Intake puts areas in as returns come and go (sql/load), compilation takes them out stage by stage (sql/compile).
Neither imports the other.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, text

from countries.period import Period
from sala.errors import NotFound
from sql import warehouse


def open_period(connection: Connection, period: Period) -> None:
    """Make a period and its partitions exist, with every area in the queue: one that does not report counts too."""
    warehouse.run(connection, "compile_queue/open.sql", **vars(period))


def enqueue_period(connection: Connection, period: str) -> None:
    """Put every area of a period in the queue."""
    warehouse.run(connection, "compile_queue/period.sql", period=period)


def enqueue_area(connection: Connection, period: str, area: str) -> None:
    """Put an area, by its code, and all areas below it in the queue of one period. Raises NotFound."""
    if not warehouse.run(connection, "compile_queue/area.sql", period=period, area=area).rowcount:
        raise NotFound("nothing_to_compile", area=area, period=period)


def mark_changed(connection: Connection, periods: Iterable[str]) -> None:
    """Have the chains of these periods started; their areas are in the queue already."""
    warehouse.run(connection, "compile_queue/changed.sql", periods=list(periods))


def waiting_periods() -> list[str]:
    """The periods whose chain has to be started: their returns have changed since, or it was cut short."""
    with warehouse.transaction() as connection:
        return list(connection.execute(text("SELECT key FROM core.period_to_compile ORDER BY key")).scalars())


def lowest_layer(connection: Connection) -> int:
    """The number of the lowest layer of the chain; the nation is 0."""
    return int(connection.execute(text("SELECT max(layer_id) FROM core.layer")).scalar_one())
