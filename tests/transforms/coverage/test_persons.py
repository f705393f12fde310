"""Persons of lists are counted once, as the oracle counts them, however their lists come."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from sqlalchemy import text

from sql import warehouse
from tests.reference import persons as oracle
from tests.reference.persons import Line
from tests.reference.world import Indicator, Scheme, World
from tests.transforms.compilation.test_compiling import MONTH, play

WORLD = World(
    {"R": None, "R1": "R", "R2": "R", "R11": "R1", "R12": "R1", "R21": "R2", "R22": "R2"},
    (Scheme("a", 2), Scheme("b", 2), Scheme("c", 1)),
    (Indicator("i", ("a", "b", "c")),),
)
CUBE = (
    "SELECT area_code, sex, age_group, disability, schemes, persons FROM mart.overlap WHERE period = :period"
)
CONFLICTS = "SELECT area_code, about, persons FROM mart.person_conflict WHERE period = :period"
ADJUSTMENTS = """
    SELECT area_code, scheme, sum(persons) FROM mart.list_adjustment WHERE period = :period
    GROUP BY area_code, scheme HAVING sum(persons) <> 0
"""
PAIRS = """
    SELECT scheme, other_scheme, sum(persons) FROM mart.overlap_pair
    WHERE period = :period AND area_code = 'R' GROUP BY 1, 2
"""
NUMBERS = """
    SELECT at_least, sum(persons) FROM mart.overlap_number WHERE period = :period AND area_code = 'R' GROUP BY 1
"""


def some_lines(rng: Random) -> list[Line]:
    """Lists of forty persons; some live in several areas, and lists say different things of some."""
    lines = []
    for number in range(40):
        sex, born = rng.choice("FM"), rng.randint(1930, 2020)
        places = rng.choices(list(WORLD.parents), k=rng.choice([1, 1, 1, 2, 3]))
        for scheme in rng.sample("abc", rng.randint(1, 3)):
            for place in sorted(set(rng.choices(places, k=rng.choice([1, 1, 2])))):
                odd = rng.random() < 0.15
                lines.append(
                    Line(
                        place,
                        scheme,
                        f"{number:05}",
                        rng.choice("FMU") if odd else sex,
                        born + (rng.choice([0, 1, 30]) if odd and born < 1990 else 0),
                        rng.choice("YNUTTT"),
                    )
                )
    return lines


def as_list(lines: list[Line], period: str = MONTH) -> bytes:
    rows = [
        f"{period},{x.area},{x.scheme},{x.person},{x.sex},{x.born},{x.disability.replace('T', '')}\n"
        for x in lines
    ]
    return ("period,area_code,scheme,person_id,sex,birth_year,disability\n" + "".join(rows)).encode()


def rows(query: str, period: str = MONTH) -> list[tuple[object, ...]]:
    with warehouse.transaction() as connection:
        return [tuple(row) for row in connection.execute(text(query), {"period": period})]


def stored(period: str = MONTH) -> dict[tuple[str, oracle.Cell], int]:
    return {
        (area, (sex, age, disability.replace("_", ""), frozenset(schemes))): n  # type: ignore[misc, attr-defined]
        for area, sex, age, disability, schemes, n in rows(CUBE, period)
    }


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.usefixtures("empty_warehouse")
def test_persons_are_counted_once_however_their_lists_come(seed: int) -> None:
    rng = Random(seed)
    lines = some_lines(rng)
    returns = sorted({(line.area, line.scheme) for line in lines})
    rng.shuffle(returns)
    parts = [
        [line for key in returns[i::3] for line in lines if (line.area, line.scheme) == key] for i in range(3)
    ]
    superseded = [  # a first list of each, with one person in it who is not there in the end
        Line(area, scheme, "99999", "M", 1980) for area, scheme in returns[::3]
    ]
    play(WORLD, *(as_list(part) for part in (superseded, *parts) if part))

    known = oracle.persons(WORLD, lines, 2026)
    assert stored() == stored("2026") == oracle.cube(WORLD, known)
    assert {(a, about): n for a, about, n in rows(CONFLICTS)} == oracle.conflicts(WORLD, known)
    assert {(a, s): n for a, s, n in rows(ADJUSTMENTS)} == oracle.adjusted(WORLD, lines, known)
    pairs: Counter[tuple[str, str]] = Counter()
    numbers: Counter[int] = Counter()
    for person in known.values():
        pairs.update((a, b) for a in person.schemes for b in person.schemes if a < b)
        numbers.update(range(1, len(person.schemes) + 1))
    assert {(a, b): n for a, b, n in rows(PAIRS)} == pairs
    assert dict(rows(NUMBERS)) == numbers  # type: ignore[arg-type]
