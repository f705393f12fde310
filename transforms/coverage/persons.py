"""Persons, once: the lists that stand for a period become the overlap cube, in which everybody is counted once."""

from __future__ import annotations

from sqlalchemy import Connection, text

from countries.period import Period
from sql import warehouse
from transforms.compile_queue import open_period

GATHERED = ("1_list", "2_said", "3_statement", "4_residence", "5_home")
"""From the lists to persons by where they live, in temporary tables."""
STORED = ("6_counted", "7_overlap", "8_conflict", "9_adjustment")
"""From these to what the warehouse keeps of a period."""
LAST_MONTH = 112
"""What is added to a year's number for that of its last month."""


def count_persons(connection: Connection, period: Period) -> None:
    """Bring the overlap cube of a period, and of the year of a month, to the lists that stand. The areas whose persons
    have changed are put in the compile queue, to be published. Nothing is read where no list came or went."""
    gathered = _changed(connection, period)
    if gathered:
        _gather(connection, period)
        _store(connection, period, publishes=True)
    year = Period.parse(period.key[:4])
    # the year's lock not without need: its months are published side by side
    if period.kind == "M" and _changed(connection, year):
        warehouse.take_lock(connection, "publication", year.id)
        if gathered and not _is_all_of(connection, year, period):
            warehouse.run(connection, "persons/end.sql")
            gathered = False
        if not gathered:
            _gather(connection, year)
        _store(connection, year, publishes=False)
        gathered = True
    if gathered:
        warehouse.run(connection, "persons/end.sql")


def _changed(connection: Connection, period: Period) -> bool:
    return bool(warehouse.run(connection, "persons/changed.sql", **_span(period)).scalar_one())


def _is_all_of(connection: Connection, year: Period, month: Period) -> bool:
    span = _span(year) | {"month": month.id}
    return bool(warehouse.run(connection, "persons/one_month.sql", **span).scalar_one())


def _span(period: Period) -> dict[str, int]:
    return {"first": period.id, "last": period.id + LAST_MONTH if period.kind == "Y" else period.id}


def _gather(connection: Connection, period: Period) -> None:
    warehouse.expect_many_rows(connection)
    for step in GATHERED:
        warehouse.run(connection, f"persons/{step}.sql", **_span(period))


def _store(connection: Connection, period: Period, publishes: bool) -> None:
    open_period(connection, period)
    for step in STORED:
        warehouse.run(connection, f"persons/{step}.sql", **_span(period), publishes=publishes)


def listed_persons(connection: Connection, period: Period) -> None:
    """Make the temporary tables of what lists say of the indicators at the areas of `claimed`; empty without lists."""
    warehouse.run(connection, "persons/no_lists.sql")
    listed = text("SELECT EXISTS (SELECT FROM core.listed_area WHERE period_id = :period_id)")
    if connection.execute(listed, {"period_id": period.id}).scalar_one():
        warehouse.run(connection, "persons/listed.sql", period_id=period.id)
