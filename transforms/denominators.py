"""The population of a year at every area, and of it those for whom each scheme and each indicator is meant.

Made in the transaction that loads a population, so that the next file is cross-checked with it and nothing is
published without it.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

from sql import warehouse
from transforms.compile_queue import enqueue_period, lowest_layer


def load_denominators(connection: Connection, year: int) -> None:
    """Sum a year's population up the chain, and put in the queue every period whose rates divide by it."""
    warehouse.expect_many_rows(connection)
    warehouse.take_lock(connection, "denominators", year)
    before = _divided_by(connection, year)  # a population that was withdrawn leaves them to an earlier one
    for layer_id in range(lowest_layer(connection), -1, -1):
        warehouse.run(connection, "load/denominator.sql", year=year, layer_id=layer_id)
        connection.execute(text("ANALYZE core.denominator"))
    _load_eligible(connection, year)
    for period in sorted(before | _divided_by(connection, year)):
        enqueue_period(connection, period)


def reload_eligible(connection: Connection) -> None:
    """Make the persons for whom schemes and indicators are meant anew, after the country declared others."""
    for year in connection.execute(text("SELECT DISTINCT year FROM core.denominator")).scalars().all():
        _load_eligible(connection, year)


def _divided_by(connection: Connection, year: int) -> set[str]:
    """The periods whose rates divide by the population of a year."""
    return set(warehouse.run(connection, "load/divided_by_year.sql", year=year).scalars())


def _load_eligible(connection: Connection, year: int) -> None:
    warehouse.run(connection, "load/eligible.sql", year=year)
    connection.execute(text("ANALYZE core.eligible, core.indicator_denominator"))
