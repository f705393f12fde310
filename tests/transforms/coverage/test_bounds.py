"""Bounds hold whatever is true: persons are made up, some schemes list them, others only count them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

import pytest

from tests.reference.oracle import Figure, at_least
from tests.reference.persons import Line
from tests.reference.world import AGES, Indicator, Scheme, World
from tests.transforms.compilation.test_compiling import as_csv, play, published
from tests.transforms.coverage.test_persons import as_list, rows

YEAR = 2026
PARENTS = {"R": None, "R1": "R", "R2": "R", "R11": "R1", "R12": "R1", "R21": "R2", "R22": "R2"}
SCHEMES = (
    Scheme("a", 2),
    Scheme("b", 2),
    Scheme("c", 1),  # of the layer above: its lists say in which of the areas below somebody lives
    Scheme("old", 2, ages=("Y_GE60",)),
    Scheme("young", 2, ages=("Y0T17",)),
)
INDICATORS = (
    Indicator("any", ("a", "b", "c", "old", "young")),
    Indicator("older", ("a", "old"), ages=("Y_GE60",)),
)
TOTALS = """
    SELECT scheme, sum(beneficiaries) FROM mart.scheme_total WHERE period = :period AND area_code = 'R' GROUP BY 1
"""
WITHIN = World(PARENTS, SCHEMES, INDICATORS)
BOTTOM = [code for code in PARENTS if not WITHIN.children(code)]


@dataclass(frozen=True)
class Human:
    name: str
    home: str
    sex: str
    born: int
    schemes: frozenset[str]

    @property
    def age(self) -> str:
        return next(age for age, (low, high) in AGES.items() if low <= YEAR - self.born <= (high or 999))


def humans(rng: Random) -> list[Human]:
    """Each lives in one place; schemes take whom they are meant for."""
    made = []
    for number in range(120):
        human = Human(
            f"{number:06}", rng.choice(BOTTOM), rng.choice("FM"), rng.randint(1935, 2024), frozenset()
        )
        meant = [s.id for s in SCHEMES if not s.ages or human.age in s.ages]
        made.append(
            Human(
                human.name,
                human.home,
                human.sex,
                human.born,
                frozenset(x for x in meant if rng.random() < 0.3),
            )
        )
    return made


def truth(people: list[Human], indicator: Indicator, area: str, sex: str) -> int:
    """Persons whom at least one of the indicator's schemes covers."""
    return sum(
        bool(human.schemes & set(indicator.schemes))
        and human.home in WITHIN.within(area)
        and sex in (human.sex, "_T")
        and (not indicator.ages or human.age in indicator.ages)
        for human in people
    )


def reported(
    people: list[Human], listed: Callable[[str, str], bool], missing: set[tuple[str, str]]
) -> dict[tuple[str, str, str], Figure]:
    """The figures after every area has reported: by a list where `listed`, else by counts; not where `missing`."""
    lists: list[Line] = []
    returns: dict[tuple[str, str], list[tuple[str, str, int]]] = {}
    for scheme in SCHEMES:
        for area in PARENTS:
            if WITHIN.depth(area) != scheme.layer or (area, scheme.id) in missing:
                continue
            of_area = [x for x in people if scheme.id in x.schemes and x.home in WITHIN.within(area)]
            if of_area and listed(area, scheme.id):
                lists += [Line(x.home, scheme.id, x.name, x.sex, x.born) for x in of_area]
            else:
                returns[area, scheme.id] = [
                    (sex, age, sum((x.sex, x.age) == (sex, age) for x in of_area))
                    for sex in "FM"
                    for age in scheme.ages or AGES
                ]
    inhabitants = {(home, sex, age): 0 for home in BOTTOM for sex in "FM" for age in AGES}
    for human in people:
        inhabitants[human.home, human.sex, human.age] += 1
    world = World(PARENTS, SCHEMES, INDICATORS, inhabitants)
    play(world, *([as_list(lists)] if lists else []), *([as_csv(returns)] if returns else []))
    return published()


def contained(figures: dict[tuple[str, str, str], Figure], people: list[Human]) -> None:
    for indicator in INDICATORS:
        for area in PARENTS:
            for sex in ("_T", "F", "M"):
                figure, covered = figures[indicator.id, area, sex], truth(people, indicator, area, sex)
                assert figure.upper is not None
                assert figure.lower <= covered <= figure.upper, (indicator.id, area, sex, figure, covered)
                if figure.numerator is not None and figure.expected == figure.received:
                    assert figure.numerator == covered, (indicator.id, area, sex, figure, covered)


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.usefixtures("empty_warehouse")
def test_bounds_contain_the_truth_and_lists_make_them_no_wider(seed: int) -> None:
    rng = Random(seed)
    people = humans(rng)
    by_list = {(area, s.id): rng.random() < 0.6 for area in PARENTS for s in SCHEMES}
    missing = {(rng.choice(BOTTOM), rng.choice(["a", "b", "old"]))} if seed > 1 else set()
    figures = reported(people, lambda area, scheme: by_list[area, scheme], missing)
    contained(figures, people)
    for area in PARENTS:  # never below what counts alone would say
        counts = [
            sum(
                scheme.id in x.schemes and x.home in WITHIN.within(area)
                for x in people
                if not any((code, scheme.id) in missing and x.home == code for code in BOTTOM)
            )
            for scheme in SCHEMES
        ]
        if WITHIN.depth(area) <= 1:
            assert figures["any", area, "_T"].lower >= at_least(INDICATORS[0], list(SCHEMES), counts)


@pytest.mark.usefixtures("empty_warehouse")
def test_with_lists_alone_the_union_is_exact_at_every_area() -> None:
    people = humans(Random(7))
    figures = reported(people, lambda area, scheme: True, set())
    contained(figures, people)
    for indicator in INDICATORS:
        for area in PARENTS:
            for sex in ("_T", "F", "M"):
                figure = figures[indicator.id, area, sex]
                assert figure.numerator == figure.lower == truth(people, indicator, area, sex)
                assert (figure.received, figure.upper) == (figure.expected, figure.numerator)
    totals = rows(TOTALS)
    assert dict(totals) == {s.id: sum(s.id in x.schemes for x in people) for s in SCHEMES}  # type: ignore[arg-type]
