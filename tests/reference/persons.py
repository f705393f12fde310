"""Persons of lists, counted once, in plain Python: slow, obvious, and not the SQL.

Everybody lives in one area: of the areas that lists name, without those around another of them, the one in most lists,
of the lowest layer, whose code comes first. What most lists say of a person holds; as many for one thing as for another
is not stated.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tests.reference.world import AGES, World


@dataclass(frozen=True)
class Line:
    """A row of a list."""

    area: str
    scheme: str
    person: str
    sex: str
    born: int
    disability: str = "T"


Cell = tuple[str, str, str, frozenset[str]]
"""Sex, age group, disability, schemes."""


@dataclass(frozen=True)
class Person:
    home: str
    cell: Cell
    sexes_differ: bool
    birth_years_differ: bool

    @property
    def schemes(self) -> frozenset[str]:
        return self.cell[3]


def persons(world: World, lines: list[Line], year: int) -> dict[str, Person]:
    """Identifier → the person, counted once."""
    of_person: dict[str, list[Line]] = {}
    for line in lines:
        of_person.setdefault(line.person, []).append(line)
    return {name: _person(world, said, year) for name, said in of_person.items()}


def cube(world: World, known: dict[str, Person]) -> dict[tuple[str, Cell], int]:
    """(area, cell) → persons who live in the area or below it."""
    counts: Counter[tuple[str, Cell]] = Counter()
    for person in known.values():
        for area in world.parents:
            if person.home in world.within(area):
                counts[area, person.cell] += 1
    return dict(counts)


def conflicts(world: World, known: dict[str, Person]) -> dict[tuple[str, str], int]:
    """(area, sex or birth_year) → persons of whom lists say different things."""
    counts: Counter[tuple[str, str]] = Counter()
    for person in known.values():
        for area in world.parents:
            if person.home in world.within(area):
                counts[area, "sex"] += person.sexes_differ
                counts[area, "birth_year"] += person.birth_years_differ
    return {key: n for key, n in counts.items() if n}


def adjusted(world: World, lines: list[Line], known: dict[str, Person]) -> dict[tuple[str, str], int]:
    """(area, scheme) → what residence adds to the lists of an area and takes from them: a person less in each list of
    another place, and one more at home where no list of the scheme has the person."""
    change: Counter[tuple[str, str]] = Counter()
    for name, person in known.items():
        for scheme in person.schemes:
            places = {line.area for line in lines if (line.person, line.scheme) == (name, scheme)}
            at_home = {place for place in places if person.home in world.within(place)}
            for place in places - at_home:
                change[place, scheme] -= 1
            if not at_home:
                change[person.home, scheme] += 1
    return {key: n for key, n in change.items() if n}


def _person(world: World, said: list[Line], year: int) -> Person:
    places = {line.area for line in said}
    apart = [place for place in places if not (places - {place}) & set(world.within(place))]
    lists = {place: len({line.scheme for line in said if line.area == place}) for place in places}
    home = min(apart, key=lambda place: (-lists[place], -world.depth(place), place))
    stated = [line.sex for line in said if line.sex != "U"]
    disabilities = {line.disability for line in said}
    return Person(
        home,
        (
            _most(stated, "U"),
            _most([_age(line.born, year) for line in said], "_T"),
            next(letter for letter in "YNUT" if letter in disabilities),
            frozenset(line.scheme for line in said),
        ),
        len(set(stated)) > 1,
        len({line.born for line in said}) > 1,
    )


def _age(born: int, year: int) -> str:
    return next(age for age, (low, high) in AGES.items() if low <= year - born <= (high or 999))


def _most(said: list[str], undecided: str) -> str:
    (first, n), *others = Counter(said).most_common() or [(undecided, 1)]
    return undecided if any(m == n for _, m in others) else first
