"""Compiling a range of periods anew: what that would touch, and putting them in the queue."""

from __future__ import annotations

from dataclasses import dataclass

from countries.period import Period
from sala.errors import Invalid
from sql import warehouse
from transforms.compile_queue import enqueue_period


@dataclass(frozen=True)
class Touched:
    """A period, and how many returns stand in it, figures are published and committees have signed."""

    period: str
    returns: int
    figures: int
    signed: int


def touched(first: str, last: str) -> list[Touched]:
    """The periods from first to last (of one kind, such as months) of which anything was ever handed in.

    Raises Invalid where these are no periods, of two kinds, or the wrong way round.
    """
    begin, end = (_period(key) for key in (first, last))
    if begin.kind != end.kind or begin > end:
        raise Invalid("backfill_range", first=first, last=last)
    with warehouse.transaction() as connection:
        rows = warehouse.run(
            connection, "compile_queue/backfill.sql", first=begin.id, last=end.id, kind=begin.kind
        )
        return [Touched(**row) for row in rows.mappings()]


def enqueue(first: str, last: str) -> list[str]:
    """Put every area of these periods in the queue. Returns their keys; raises Invalid as `touched` does."""
    keys = [each.period for each in touched(first, last)]
    with warehouse.transaction() as connection:
        for key in keys:
            enqueue_period(connection, key)
    return keys


def _period(key: str) -> Period:
    try:
        return Period.parse(key)
    except ValueError:
        raise Invalid("period_form", period=key) from None
