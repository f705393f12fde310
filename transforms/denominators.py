"""The population of a year at every area, and of it those for whom each scheme and each indicator is meant.

Made in the transaction that loads a population, so that the next file is cross-checked with it and nothing is
published without it.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from sql import warehouse
from transforms.compile_queue import enqueue_period, lowest_layer


def load_denominators(connection: Connection, year: int) -> None:
    """Sum a year's population up the chain, and those interpolated with it; put in the queue every period whose rates
    divide by one of them."""
    warehouse.expect_many_rows(connection)
    warehouse.take_lock(connection, "denominators")
    _make(connection, warehouse.run(connection, "load/interpolated_years.sql", year=year).scalars().all())


def reload_denominators(connection: Connection) -> None:
    """Make every year anew, after the country declared other schemes, indicators or years between two counts."""
    warehouse.take_lock(connection, "denominators")
    filed = text("SELECT DISTINCT period_id / 1000 FROM core.return WHERE dataset = 'population'")
    made = set(connection.execute(text("SELECT DISTINCT year FROM core.denominator")).scalars())
    for year in connection.execute(filed).scalars().all():
        made.update(warehouse.run(connection, "load/interpolated_years.sql", year=year).scalars())
    _make(connection, sorted(made))


def _make(connection: Connection, years: Sequence[int]) -> None:
    def dividing() -> set[str]:
        return {period for year in years for period in _divided_by(connection, year)}

    before = dividing()  # a population that was withdrawn leaves them to an earlier one
    for year in years:
        warehouse.run(connection, "load/own_population.sql", year=year)
        for layer_id in range(lowest_layer(connection), -1, -1):
            warehouse.run(connection, "load/denominator.sql", year=year, layer_id=layer_id)
            connection.execute(text("ANALYZE core.denominator"))
        connection.execute(text("DROP TABLE own_population"))
        warehouse.run(connection, "load/eligible.sql", year=year)
    connection.execute(text("ANALYZE core.denominator_vintage, core.eligible, core.indicator_denominator"))
    for period in sorted(before | dividing()):
        enqueue_period(connection, period)


def _divided_by(connection: Connection, year: int) -> set[str]:
    """The periods whose rates divide by the population of a year."""
    return set(warehouse.run(connection, "load/divided_by_year.sql", year=year).scalars())
