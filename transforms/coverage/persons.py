"""Persons, once: the lists that stand for a period become the overlap cube, in which everybody is counted once."""

from __future__ import annotations

from sqlalchemy import Connection, text

from countries.period import Period
from sql import warehouse
from transforms.compile_queue import open_period

STEPS = (
    "1_list",
    "2_statement",
    "3_residence",
    "4_person",
    "5_overlap",
    "6_conflict",
    "7_adjustment",
    "8_end",
)


LAST_MONTH = 112
"""What is added to a year's number for that of its last month."""


def count_persons(connection: Connection, period: Period) -> None:
    """Bring the overlap cube of a period, and of the year of a month, to the lists that stand. The areas whose persons
    have changed are put in the compile queue, to be published. Nothing is read where no list came or went."""
    if _changed(connection, period):
        _count(connection, period, publishes=True)
    year = Period.parse(period.key[:4])
    # the year's lock not without need: its months are published side by side
    if period.kind == "M" and _changed(connection, year):
        warehouse.take_lock(connection, "publication", year.id)
        _count(connection, year, publishes=False)


def _changed(connection: Connection, period: Period) -> bool:
    return bool(warehouse.run(connection, "persons/changed.sql", **_span(period)).scalar_one())


def _span(period: Period) -> dict[str, int]:
    return {"first": period.id, "last": period.id + LAST_MONTH if period.kind == "Y" else period.id}


def _count(connection: Connection, period: Period, publishes: bool) -> None:
    open_period(connection, period)
    warehouse.expect_many_rows(connection)
    for step in STEPS:
        warehouse.run(connection, f"persons/{step}.sql", **_span(period), publishes=publishes)


def listed_persons(connection: Connection, period: Period) -> None:
    """Make the temporary tables of what lists say of the indicators at the areas of `claimed`; empty without lists."""
    warehouse.run(connection, "persons/no_lists.sql")
    listed = text("SELECT EXISTS (SELECT FROM core.listed_area WHERE period_id = :period_id)")
    if connection.execute(listed, {"period_id": period.id}).scalar_one():
        warehouse.run(connection, "persons/listed.sql", period_id=period.id)
