"""Compiling: each layer from the layer below, plus what that layer reports itself."""

from __future__ import annotations

from sqlalchemy import Connection, text

from countries.period import Period
from sala.events import happened
from sql import warehouse
from transforms.compilation.unusual_changes import store_unusual_axes, store_unusual_totals
from transforms.compile_queue import lowest_layer, open_period

LOWEST_RETURNS = (
    "compile/reporting.sql",
    "compile/nonresponse_population.sql",
    "compile/item_nonresponse.sql",
    "compile/unpaired.sql",
    "compile/grievances.sql",
)
"""Without sums: below the lowest layer is nothing to add up (sql/relations/compiled_line.sql)."""
RETURNS = ("compile/scheme_total.sql", "compile/group_total.sql", *LOWEST_RETURNS)
LISTED = """
    SELECT EXISTS (SELECT FROM core.return
                   WHERE period_id = :period_id AND dataset = 'beneficiary_list' AND known_to = 'infinity')
        OR EXISTS (SELECT FROM core.return WHERE period_id = :period_id AND from_list AND known_to = 'infinity')
"""
"""Whether a period has lists of persons, or counts that one gave."""
FLASH = ("compile/reporting.sql", "compile/flash.sql", "compile/items.sql")


def compile_layer(period: str, layer_id: int) -> None:
    """Compile one layer (0 is the nation) for one period, where returns or the layer below have changed.

    Takes the lock of (layer, period) first: runs for one period can overlap, and each statement after
    the lock sees everything committed before it, so the last to run is the most complete.
    """
    key = Period.parse(period)
    with warehouse.transaction() as connection:
        warehouse.take_lock(connection, "compilation", layer_id, key.id)
        open_period(connection, key)
        began = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        lowest = layer_id == lowest_layer(connection)
        if lowest and connection.execute(text(LISTED), {"period_id": key.id}).scalar_one():
            warehouse.take_lock(connection, "returns", "scheme_returns", key.id)
            warehouse.run(connection, "compile/listed_return.sql", period_id=key.id)
        if not claim(connection, key, stage=layer_id):
            return
        for step in FLASH if key.kind == "W" else LOWEST_RETURNS if lowest else RETURNS:
            warehouse.run(connection, step, period_id=key.id, layer_id=layer_id)
        if key.kind == "W":
            store_unusual_axes(connection, key)
        else:
            store_unusual_totals(connection, key, layer_id, lowest)
        warehouse.run(connection, "compile/enqueue_parents.sql", period_id=key.id, layer_id=layer_id)
        warehouse.run(connection, "compile/progress.sql", period_id=key.id, layer_id=layer_id, began=began)
    happened("compiled", period=period, layer=layer_id)


def claim(connection: Connection, period: Period, stage: int) -> bool:
    """Make `claimed`, the areas for this transaction to work on. False where there are none: nothing has changed."""
    warehouse.expect_many_rows(connection)
    warehouse.run(connection, "compile/claim.sql", period_id=period.id, stage=stage)
    return bool(connection.execute(text("SELECT EXISTS (SELECT FROM claimed)")).scalar_one())
