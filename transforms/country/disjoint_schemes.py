"""Which of an indicator's schemes can share no person: their figures may be added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from countries.country import Country
from countries.declarations.indicators import Indicator
from transforms.country.cells import cells


def disjoint_schemes(indicator: Indicator, country: Country) -> list[set[str]]:
    """The largest sets of an indicator's schemes of which no two can share a person: all of them where the
    indicator says that they are disjoint; otherwise those meant for persons of different sex or age."""
    numerator = indicator.numerator
    schemes = set(indicator.measures)
    if numerator is None or numerator.together == "disjoint":
        return [schemes]
    eligible = {s: _eligible(s, country) for s in schemes}
    apart = {s: {o for o in schemes if not eligible[s] & eligible[o]} for s in schemes}
    return list(_cliques(set(), schemes, set(), apart))


def _eligible(scheme_id: str, country: Country) -> set[tuple[str, str]]:
    """The cells for which a scheme is meant, its ages spelt out."""
    eligible = country.scheme(scheme_id).eligible
    return set(cells(eligible.sexes, country.ages(eligible.age_groups), country))


def _cliques(
    chosen: set[str], left: set[str], done: set[str], apart: Mapping[str, set[str]]
) -> Iterator[set[str]]:
    """The sets that cannot grow and whose members are all apart from each other (Bron and Kerbosch, 1973)."""
    if not left and not done:
        yield chosen
    for scheme in sorted(left):
        yield from _cliques(chosen | {scheme}, left & apart[scheme], done & apart[scheme], apart)
        left, done = left - {scheme}, done | {scheme}
