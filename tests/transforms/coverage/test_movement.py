"""What moved a coverage since the month before, taken apart by hand; the parts add up to the whole movement."""

from __future__ import annotations

import tempfile
from pathlib import Path
from random import Random

import pandas as pd
import pytest

from tests.reference import oracle
from tests.reference.world import AGES, Indicator, Scheme, World
from tests.transforms.coverage.test_persons import rows
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.person import SYSTEM
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

BEFORE, NOW = "2025-12", "2026-01"  # a new year divides by another population
PARENTS = {"R": None, "R1": "R", "R2": "R", "R11": "R1", "R12": "R1", "R21": "R2", "R22": "R2"}
WORLD = World(
    PARENTS,
    (Scheme("a", 2), Scheme("b", 2), Scheme("c", 1), Scheme("old", 2, ages=("Y_GE60",))),
    (Indicator("summed", ("a", "old"), "disjoint"), Indicator("any", ("a", "b", "c", "old"))),
    {(area, sex, age): 500 for area in PARENTS if len(area) == 3 for sex in "FM" for age in AGES},
)
PARTS = "SELECT indicator, area_code, part, persons, share FROM mart.movement WHERE period = :period"
FIGURES = """
    SELECT DISTINCT indicator, area_code, before_persons, persons_now, before_value, value FROM mart.movement
    WHERE period = :period
"""
SOURCES = """
    SELECT indicator, area_code, part, sum(persons)::bigint FROM mart.movement_source WHERE period = :period
    GROUP BY 1, 2, 3
"""


def a_month(rng: Random) -> oracle.Returns:
    """Whole returns, of which some do not come."""
    return {
        (area, scheme.id): [(sex, age, rng.randint(0, 90)) for sex in "FM" for age in scheme.ages or AGES]
        for scheme in WORLD.schemes
        for area in PARENTS
        if WORLD.depth(area) == scheme.layer and rng.random() < 0.7
    }


def hand_in(period: str, returns: oracle.Returns) -> None:
    lines = [(period, *key, *line) for key, told in returns.items() for line in told]
    columns = ["period", "area_code", "scheme", "sex", "age_group", "beneficiaries"]
    submit(
        pd.DataFrame(lines, columns=columns).to_csv(index=False).encode(),
        f"{period}.csv",
        by=SYSTEM,
        via="cli",
    )


def publish(country: object) -> None:
    receive_waiting(country)  # type: ignore[arg-type]
    for period in (BEFORE, NOW):
        compile_and_publish(period)


def by_hand(
    indicator: Indicator, area: str, then: oracle.Returns, before: oracle.Returns, now: oracle.Returns
) -> dict[str, int]:
    """The parts of a movement, return by return; what the union of schemes did is what is left."""
    schemes = [scheme for scheme in WORLD.schemes if scheme.id in indicator.schemes]

    def persons(returns: oracle.Returns, key: tuple[str, str]) -> int:
        return sum(n for _, _, n in returns.get(key, []))

    def keys(of: list[Scheme]) -> list[tuple[str, str]]:
        return [(code, scheme.id) for code in WORLD.within(area) for scheme in of]

    # a family: no two share a person. All of these schemes may, but for `summed`, whose two add up
    families = [schemes] if indicator.together == "disjoint" else [[scheme] for scheme in schemes]
    family = max(families, key=lambda of: sum(persons(now, key) for key in keys(of)))
    parts = dict.fromkeys(("reported", "new_returns", "silence", "corrections"), 0)
    for key in keys(family):
        parts["corrections"] += persons(before, key) - persons(then, key)
        part = "reported" if key in before and key in now else "new_returns" if key in now else "silence"
        parts[part] += persons(now, key) - persons(before, key)
    return parts


@pytest.mark.usefixtures("empty_warehouse")
def test_the_parts_of_a_movement_are_those_counted_by_hand_and_add_up_to_it() -> None:
    rng = Random(1)
    then, now = a_month(rng), a_month(rng)
    country = WORLD.country(Path(tempfile.mkdtemp()))
    load_country(country)
    people = [(2025, area, sex, age, n - 40, "A", "a count") for (area, sex, age), n in WORLD.people.items()]
    columns = ["year", "area_code", "sex", "age_group", "population", "status", "source"]
    counted = pd.DataFrame(people, columns=columns).to_csv(index=False).encode()
    submit(counted, "people.csv", by=SYSTEM, via="cli")
    hand_in(BEFORE, then)
    publish(country)
    some, others = dict(list(now.items())[::2]), dict(list(now.items())[1::2])
    hand_in(NOW, some)
    publish(country)
    # afterwards the earlier month is corrected, and a return that was missing comes
    later = a_month(rng)
    corrected = dict(list(later.items())[::3])
    hand_in(BEFORE, corrected)
    hand_in(NOW, others)
    publish(country)

    before = then | corrected
    shown = {
        (str(indicator), str(area)): [float(n) for n in numbers]  # type: ignore[arg-type]
        for indicator, area, *numbers in rows(FIGURES, NOW)
    }
    listed = {(i, a, part): (persons, share) for i, a, part, persons, share in rows(PARTS, NOW)}
    sources = {(i, a, part): persons for i, a, part, persons in rows(SOURCES, NOW)}
    assert {key[:2] for key in listed} == {(i.id, area) for i in WORLD.indicators for area in PARENTS if
                                           oracle.figures(WORLD, i, now, set())[area, "_T"]}  # fmt: skip
    for indicator in WORLD.indicators:
        for area in PARENTS:
            was, persons, was_value, value = shown[indicator.id, area]
            parts = {part: moved for (i, a, part), moved in listed.items() if (i, a) == (indicator.id, area)}
            assert persons == oracle.figures(WORLD, indicator, now, set())[area, "_T"].lower
            assert was == oracle.figures(WORLD, indicator, then, set())[area, "_T"].lower
            assert sum(moved for moved, _ in parts.values()) == persons - was
            assert sum(share for _, share in parts.values()) == pytest.approx(value - was_value)
            assert value == pytest.approx(persons / (500 * 6 * _communes(area)))
            assert was_value == pytest.approx(was / (460 * 6 * _communes(area)))
            for part, number in by_hand(indicator, area, then, before, now).items():
                assert parts[part][0] == number, (indicator.id, area, part)
                assert sources.get((indicator.id, area, part), 0) == number
            if indicator.id == "summed":
                assert parts["overlap"][0] == 0


def _communes(area: str) -> int:
    return sum(len(code) == 3 for code in WORLD.within(area))
