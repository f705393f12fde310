"""The queue between intake and compilation: which areas of which periods have to be compiled again.

Intake puts areas in as returns come and go (sql/load), compilation takes them out stage by stage (sql/compile).
Neither imports the other. The queue is the truth: a period is up to date when nothing of it is in there.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from countries.period import Period
from sala.errors import NotFound
from sql import warehouse


def open_period(connection: Connection, period: Period) -> None:
    """Make a period and its partitions exist."""
    warehouse.run(connection, "compile_queue/open.sql", **vars(period))


def enqueue_period(connection: Connection, period: str) -> None:
    """Put every area of a period in the queue."""
    warehouse.run(connection, "compile_queue/period.sql", period=period)


def enqueue_area(connection: Connection, period: str, area: str) -> None:
    """Put an area, by its code, and all areas below it in the queue of one period. Raises NotFound."""
    if not warehouse.run(connection, "compile_queue/area.sql", period=period, area=area).rowcount:
        raise NotFound("nothing_to_compile", area=area, period=period)


def waiting_periods() -> list[str]:
    """The periods of which anything is in the queue, whoever is at work on it."""
    with warehouse.transaction() as connection:
        return list(connection.execute(text("SELECT key FROM core.period_to_compile ORDER BY key")).scalars())


def announced_periods() -> list[str]:
    """The periods whose chain has to be started now, because nobody has or because it got stuck; noted in the queue."""
    with warehouse.transaction() as connection:
        return list(warehouse.run(connection, "compile_queue/announce.sql").scalars())


def lowest_layer(connection: Connection) -> int:
    """The number of the lowest layer of the chain; the nation is 0."""
    return int(connection.execute(text("SELECT max(layer_id) FROM core.layer")).scalar_one())
