"""Indicators as the standard says them, in plain Python over plain lists: slow, obvious, and not the SQL.

A return is (area, scheme) → list of (sex, age, persons). The definitions are those of the metadata of SDG indicator
1.3.1, of which the ILO is the custodian; the four guarantees are those of ILO Recommendation 202, paragraph 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import floor

from tests.reference.world import AGES, Indicator, Scheme, World

Returns = dict[tuple[str, str], list[tuple[str, str, int]]]
GroupReturns = dict[tuple[str, str], list[tuple[str, str, str, int]]]
"""(area, scheme) → list of (sex, age, group, persons): parts of what the return counts."""
Contributing = dict[tuple[str, str], dict[tuple[str, str], int | None]]
"""(area, scheme) → (sex, age) of each line → who contributes; None where the line does not say."""
SEXES = ("F", "M", "X", "U")


@dataclass(frozen=True)
class Figure:
    numerator: int | None
    denominator: int | None
    lower: int
    upper: int | None
    expected: int
    received: int


def population(world: World, area: str) -> dict[tuple[str, str], int] | None:
    """(sex, age) → persons: the area's own figures, else the sum of its children if each has some."""
    own = {(sex, age): n for (code, sex, age), n in world.people.items() if code == area}
    if own:
        return own
    below = [population(world, child) for child in world.children(area)]
    if not below or any(people is None for people in below):
        return None
    total: dict[tuple[str, str], int] = {}
    for people in below:
        for cell, n in (people or {}).items():
            total[cell] = total.get(cell, 0) + n
    return total


def between(counted: Mapping[int, int], year: int) -> int | None:
    """Persons in a year: as counted then, else on the straight line between the counts around it, halves up; None where
    there is no count on either side of it."""
    if year in counted:
        return counted[year]
    before = [y for y in counted if y < year]
    after = [y for y in counted if y > year]
    if not before or not after:
        return None
    first, last = max(before), min(after)
    step = Fraction(counted[last] - counted[first], last - first)
    return floor(counted[first] + step * (year - first) + Fraction(1, 2))


def eligible(world: World, area: str, scheme: Scheme, sex: str) -> int | None:
    """Persons of one sex (or _T) for whom the scheme is meant; None where the population is not known."""
    people = population(world, area)
    if people is None:
        return None
    return sum(
        n
        for (s, age), n in people.items()
        if sex in (s, "_T")
        and (not scheme.sexes or s in scheme.sexes)
        and (not scheme.ages or age in scheme.ages)
    )


def stated(indicator: Indicator, returns: Returns, contributing: Contributing) -> Returns:
    """What the lines say of whom an indicator counts; a line that does not say it is none."""
    return {
        key: [
            (sex, age, n)
            for sex, age, persons in lines
            for n in [contributing[key][sex, age] if key[1] in indicator.contributors else persons]
            if n is not None
        ]
        for key, lines in returns.items()
    }


def figures(
    world: World,
    indicator: Indicator,
    returns: Returns,
    partial: set[tuple[str, str]],
    contributing: Contributing | None = None,
) -> dict[tuple[str, str], Figure]:
    """(area, sex) → the figure, for every area and every sex of which anything is known; and always _T."""
    lines, returns = returns, stated(indicator, returns, contributing or {})
    schemes = [scheme for scheme in world.schemes if scheme.id in indicator.schemes]
    by_area_and_sex = {}
    for area in world.parents:
        within = world.within(area)
        people = population(world, area)
        sexes = {"_T"} | {sex for sex, _ in people or {}} | _reported(within, schemes, indicator, returns)
        for sex in sexes:
            by_area_and_sex[area, sex] = _figure(
                world, area, within, sex, schemes, indicator, returns, lines, partial
            )
    return by_area_and_sex


def totals(world: World, returns: Returns) -> dict[tuple[str, str, str, str], tuple[int, int | None]]:
    """(area, scheme, sex, age) → what the area and all below it reported, and how much of it for persons whose place is
    not known: those that an area above the scheme's layer reported. None where no such line is among them.
    """
    schemes = {scheme.id: scheme for scheme in world.schemes}
    sums: dict[tuple[str, str, str, str], tuple[int, int | None]] = {}
    for area in world.parents:
        for (code, scheme), lines in returns.items():
            if code not in world.within(area):
                continue
            for sex, age, n in lines:
                total, unplaced = sums.get((area, scheme, sex, age), (0, None))
                if world.depth(code) < schemes[scheme].layer:
                    unplaced = (unplaced or 0) + n
                sums[area, scheme, sex, age] = (total + n, unplaced)
    return sums


def group_totals(world: World, groups: GroupReturns) -> dict[tuple[str, str, str, str, str], int]:
    """(area, scheme, sex, age, group) → what the area and all below it reported of a group, apart from the totals."""
    sums: dict[tuple[str, str, str, str, str], int] = {}
    for area in world.parents:
        for (code, scheme), lines in groups.items():
            for sex, age, group, n in lines if code in world.within(area) else []:
                sums[area, scheme, sex, age, group] = sums.get((area, scheme, sex, age, group), 0) + n
    return sums


def left_out(
    scheme: Scheme, lines: list[tuple[str, str, int]], of_return: list[tuple[str, str, int]]
) -> set[tuple[str, str]]:
    """(sex, age) of which lines say nothing, though the scheme is meant for them: not known, and never zero.

    A line of all ages says each of them; lines of no stated sex say all persons of an age together, where no line
    `of_return`, whatever it says, tells the sexes apart.
    """

    def said(sex: str, age: str, among: list[tuple[str, str, int]] = lines) -> bool:
        return any(s == sex and a in (age, "_T") for s, a, _ in among)

    return {
        (sex, age)
        for sex in scheme.sexes or ("F", "M")
        for age in scheme.ages or AGES
        if not said(sex, age)
        and not (said("U", age) and not any(said(other, age, of_return) for other in "FMX"))
    }


def at_least(indicator: Indicator, schemes: list[Scheme], counts: list[int]) -> int:
    """The largest sum over schemes of which no two can share a person, tried out one set after the other."""

    def could_share(one: Scheme, other: Scheme) -> bool:
        ages = set(one.ages or AGES) & set(other.ages or AGES)
        sexes = set(one.sexes or SEXES) & set(other.sexes or SEXES)
        return indicator.together == "overlapping" and bool(ages and sexes)

    return max(
        sum(counts[i] for i in chosen)
        for size in range(len(schemes) + 1)
        for chosen in combinations(range(len(schemes)), size)
        if not any(could_share(schemes[i], schemes[k]) for i, k in combinations(chosen, 2))
    )


def _counts(age: str, indicator: Indicator, scheme: Scheme) -> str:
    """How a line of this age counts: yes, no, or maybe."""
    if not indicator.ages:
        return "yes"
    if age == "_T":
        return "yes" if set(scheme.ages or AGES) <= set(indicator.ages) else "maybe"
    return "yes" if age in indicator.ages else "no"


def _reported(within: list[str], schemes: list[Scheme], indicator: Indicator, returns: Returns) -> set[str]:
    return {
        sex
        for scheme in schemes
        for area in within
        for sex, age, _ in returns.get((area, scheme.id), [])
        if _counts(age, indicator, scheme) != "no"
    }


def _figure(
    world: World,
    area: str,
    within: list[str],
    sex: str,
    schemes: list[Scheme],
    indicator: Indicator,
    returns: Returns,
    lines_of: Returns,
    partial: set[tuple[str, str]],
) -> Figure:
    def persons(scheme: Scheme, counts: str, of: str) -> int:
        return sum(
            n
            for code in within
            for s, age, n in returns.get((code, scheme.id), [])
            if of in (s, "_T") and _counts(age, indicator, scheme) == counts
        )

    def unheard(scheme: Scheme, of: str) -> int | None:
        """Persons of whom nobody has said whether they are covered."""
        if scheme.layer < world.depth(area):
            return eligible(world, area, scheme, of)
        total = 0
        for code in within:
            if world.depth(code) != scheme.layer:
                continue
            silent = (code, scheme.id) not in returns
            if not silent and (code, scheme.id) not in partial:
                cells = {cell for cell in gaps[code, scheme.id] if of in (cell[0], "_T")}
                people = population(world, code)
                if cells and people is None:
                    return None
                total += sum((people or {}).get(cell, 0) for cell in cells)
                continue
            possible = 0
            for s in SEXES if of == "_T" else [of]:
                unreported = eligible(world, code, scheme, s)
                if unreported is None:
                    return None
                if not silent:
                    lines = returns[code, scheme.id]
                    unreported = max(unreported - sum(n for x, _, n in lines if x == s), 0)
                possible += unreported
            total += possible
        return total

    def said(counts: str, of: str) -> bool:
        """Whether anybody said anything of a sex."""
        return any(
            of in (s, "_T") and _counts(age, indicator, scheme) == counts
            for scheme in schemes
            for code in within
            for s, age, _ in returns.get((code, scheme.id), [])
        )

    duties = [(code, s) for s in schemes for code in within if world.depth(code) == s.layer]
    gaps = {
        (code, s.id): {
            cell
            for cell in left_out(s, returns[code, s.id], lines_of[code, s.id])
            if not indicator.ages or cell[1] in indicator.ages
        }
        for code, s in duties
        if (code, s.id) in returns
    }
    counts = [persons(scheme, "yes", sex) for scheme in schemes]
    more: list[int | None] = [persons(scheme, "maybe", sex) for scheme in schemes]
    more += [unheard(scheme, sex) for scheme in schemes]
    if sex in ("F", "M", "X"):  # whoever is of no stated sex may be of this one
        more += [persons(scheme, kind, "U") for scheme in schemes for kind in ("yes", "maybe")]
        more += [unheard(scheme, "U") for scheme in schemes]
    people = population(world, area)
    cells = (
        None
        if people is None
        else [
            n
            for (s, age), n in people.items()
            if sex in (s, "_T") and (not indicator.ages or age in indicator.ages)
        ]
    )
    denominator = sum(cells) if cells else None
    received = sum(all(sex not in (s, "_T") for s, _ in cells) for cells in gaps.values())
    nothing_unclear = not said("maybe", sex) and not (
        sex in ("F", "M", "X") and (said("yes", "U") or said("maybe", "U"))
    )
    lower = at_least(indicator, schemes, counts)
    bounds = [denominator] if denominator is not None else []
    if None not in more:
        bounds.append(sum(counts) + sum(m for m in more if m is not None))
    hidden = any(scheme.layer < world.depth(area) for scheme in schemes)
    return Figure(
        numerator=lower
        if lower == sum(counts) and not hidden and (said("yes", sex) or (received and nothing_unclear))
        else None,
        denominator=denominator,
        lower=lower,
        upper=max(lower, min(bounds)) if bounds else None,
        expected=len(duties),
        received=received,
    )
