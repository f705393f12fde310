"""Indicators that are no union of persons, as their definitions say them, over the rows of raw files.

A row of `scheme_returns` is a dict of its cells, None where the cell is empty. Rates are fractions, so that nothing is
rounded. What is missing is not zero: a row without one side of a rate says nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.reference.world import World

Row = dict[str, Any]


@dataclass(frozen=True)
class Sum:
    """`above` and `below` the line: a cell of the row each; `below` None where nothing divides."""

    above: str
    below: str | None = None
    schemes: tuple[str, ...] = ()
    each: Fraction = Fraction(1)
    """By how much each person below the line counts: an amount of the currency."""
    keep: Callable[[Row], bool] = field(default=lambda row: True, compare=False)


@dataclass(frozen=True)
class Stated:
    """What is above and below the line, None where nobody says; and how many returns say something of it."""

    above: Fraction | None
    below: Fraction | None
    returns: int

    @property
    def value(self) -> Fraction | None:
        return self.above / self.below if self.above is not None and self.below else None


def stated(world: World, area: str, rows: Iterable[Row], definition: Sum, sex: str = "_T") -> Stated:
    """The figure of an area from the rows of the area and of all below it."""
    within = set(world.within(area))
    above: list[Fraction] = []
    below: list[Fraction] = []
    returns = set()
    for row in rows:
        if (
            row["area_code"] not in within
            or row["scheme"] not in definition.schemes
            or not definition.keep(row)
        ):
            continue
        n, d = row.get(definition.above), row.get(definition.below or definition.above)
        if n is None or d is None:
            continue
        returns.add((row["area_code"], row["scheme"], row["period"]))
        if sex in (row["sex"], "_T"):
            above.append(Fraction(str(n)))
            below.append(Fraction(str(d)) * definition.each)
    return Stated(
        sum(above) if above else None,  # type: ignore[arg-type]
        sum(below) if below and definition.below else None,  # type: ignore[arg-type]
        len(returns),
    )


def gap(women: tuple[int, int], men: tuple[int, int]) -> tuple[Fraction, Fraction]:
    """The women's rate less the men's, and ÷ the men's; each rate as (persons, population)."""
    of_women, of_men = Fraction(*women), Fraction(*men)
    return of_women - of_men, of_women / of_men


def left_after(population: int, taken_away: Iterable[int]) -> int:
    """Persons of a population who are none of some others."""
    return population - sum(taken_away)
