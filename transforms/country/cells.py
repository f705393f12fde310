"""Cells: a sex and an age group each, as schemes and indicators name them."""

from __future__ import annotations

from collections.abc import Iterator

from countries.country import Country

SEXES = ("F", "M", "X", "U")
ALL_AGES = "_T"


def cells(sexes: tuple[str, ...], ages: tuple[str, ...], country: Country) -> Iterator[tuple[str, str]]:
    """The (sex, age group) pairs of some sexes and ages; none given is everybody, those of unstated age as well."""
    for sex in sexes or SEXES:
        for age in ages or (ALL_AGES, *country.ages(())):
            yield sex, age
