"""Publishing: what the chain compiled becomes the indicators that everybody sees."""

from __future__ import annotations

from sqlalchemy import text

from countries.period import Period
from sql import warehouse
from transforms.compilation.compiling import claim, compile_layer
from transforms.compile_queue import lowest_layer
from transforms.coverage.persons import count_persons

INDICATORS = (
    "1_indicator_scheme",
    "2_disaggregation",
    "3_counted",
    "4_reported",
    "5_unreported",
    "6_completeness",
    "7_figure",
)
"""Each makes one temporary table of its name, from those before it and from what was compiled."""


def publish(period: str) -> None:
    """Bring the indicators of one period up to date where something was compiled; figures that did not move keep
    their `known_from`."""
    key = Period.parse(period)
    with warehouse.transaction() as connection:
        warehouse.take_lock(connection, "publication", key.id)
        if key.kind != "W":  # persons who moved between areas are published with the rest
            count_persons(connection, key)
        if not claim(connection, key, stage=-1):
            return
        # read after the lock, so that a later publication never carries an earlier moment
        now = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        if key.kind != "W":  # a week holds flash reports, which have no indicators
            for step in INDICATORS:
                warehouse.run(connection, f"indicators/{step}.sql", period_id=key.id)
            warehouse.run(connection, "indicators/8_history.sql", period_id=key.id, now=now)
        warehouse.run(connection, "reviews/reopen.sql", period_id=key.id)
        warehouse.run(connection, "indicators/9_published.sql", period_id=key.id, now=now)


def compile_and_publish(period: str) -> None:
    """The whole chain for one period, without Airflow: the same calls in the same order."""
    with warehouse.transaction() as connection:
        lowest = lowest_layer(connection)
    for layer_id in range(lowest, -1, -1):
        compile_layer(period, layer_id)
    publish(period)
