"""Compiling: each layer from the layer below, plus what that layer reports itself."""

from __future__ import annotations

from sqlalchemy import Connection, text

from countries.period import Period
from sql import warehouse

RETURNS = (
    "compile/scheme_total.sql",
    "compile/reporting.sql",
    "compile/nonresponse_population.sql",
    "compile/grievances.sql",
)
FLASH = ("compile/reporting.sql", "compile/flash.sql", "compile/items.sql")
# A step works on many areas at once. It needs room not to sort on disk, and must not be led by the planner's
# guesses at intermediate results into walking one of them once for each row of another.
MANY_AREAS = "SET LOCAL work_mem = '192MB'; SET LOCAL enable_nestloop = off"


class NothingToCompile(Exception):
    """The area or the period is not known; says so."""


def compile_layer(period: str, layer_id: int) -> None:
    """Compile one layer (0 is the nation) for one period, where returns or the layer below have changed.

    Takes an advisory lock on (layer, period) first: runs for one period can overlap, and each statement after
    the lock sees everything committed before it, so the last to run is the most complete.
    """
    key = Period.parse(period)
    with warehouse.transaction() as connection:
        connection.execute(
            text("SELECT pg_advisory_xact_lock(:period_id, :layer_id)"),
            {"period_id": key.id, "layer_id": layer_id},
        )
        open_period(connection, key)
        began = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        claim(connection, key, stage=layer_id)
        for step in FLASH if key.kind == "W" else RETURNS:
            if step == "compile/scheme_total.sql" and layer_id == bottom(connection):
                continue  # nothing below to add up: its compilation is its returns
            warehouse.run(connection, step, period_id=key.id, layer_id=layer_id)
        warehouse.run(connection, "compile/enqueue_parents.sql", period_id=key.id, layer_id=layer_id)
        warehouse.run(connection, "compile/progress.sql", period_id=key.id, layer_id=layer_id, began=began)


def claim(connection: Connection, period: Period, stage: int) -> None:
    """Make `claimed`, the areas for this transaction to work on."""
    connection.execute(text(MANY_AREAS))
    warehouse.run(connection, "compile/claim.sql", period_id=period.id, stage=stage)


def compile_anew(connection: Connection, periods: list[str], area: str | None = None) -> None:
    """Have everything of these periods compiled again when their chain is next run: at every area, or at one, all
    below it and all above it. Raises NothingToCompile."""
    for period in periods:
        if area:
            if not warehouse.run(connection, "compile/area.sql", period=period, area=area).rowcount:
                raise NothingToCompile(
                    f"There is no area {area}, or nothing was ever reported for {period}. "
                    "Write an area's code as `sala indicators` shows it, and a period like 2026-10."
                )
        else:
            warehouse.run(connection, "compile/anew.sql", period=period)


def open_period(connection: Connection, period: Period) -> None:
    """Make a period and its partitions exist. A month for which nobody reported is a month all the same."""
    connection.execute(
        text('SELECT core.open_period(:id, :key, CAST(:kind AS "char"), :starts_on, :ends_on)'), vars(period)
    )


def waiting() -> list[str]:
    """The periods whose chain has to be started."""
    with warehouse.transaction() as connection:
        return list(connection.execute(text("SELECT key FROM core.waiting ORDER BY key")).scalars())


def compile_population(connection: Connection, year: int) -> None:
    """Denominators of one year at every layer, in the transaction that loaded the population."""
    connection.execute(text(MANY_AREAS))
    connection.execute(
        text("SELECT pg_advisory_xact_lock(hashtext('core.denominator'), :year)"), {"year": year}
    )
    for layer_id in range(bottom(connection), -1, -1):
        warehouse.run(connection, "compile/denominator.sql", year=year, layer_id=layer_id)
        connection.execute(text("ANALYZE core.denominator"))
    compile_eligible(connection, year)


def compile_eligible(connection: Connection, year: int) -> None:
    """What one year's population means for the schemes and indicators that the country declares now."""
    warehouse.run(connection, "compile/eligible.sql", year=year)
    connection.execute(text("ANALYZE core.eligible, core.indicator_denominator"))


def bottom(connection: Connection) -> int:
    """The lowest layer of the chain."""
    return connection.execute(text("SELECT max(layer_id) FROM core.layer")).scalar_one()
