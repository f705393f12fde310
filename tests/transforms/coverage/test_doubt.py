"""The missing returns that mart.doubt names first close more of the nation's interval than any others."""

from __future__ import annotations

from itertools import combinations

import pytest

from dashboards.queries.doubt import doubt
from sql import warehouse
from tests.reference import oracle
from tests.reference.world import AGES, Indicator, Scheme, World
from tests.transforms.compilation.test_compiling import as_csv, play, published
from tests.transforms.coverage.test_persons import MONTH, rows

AREAS = ["R1", "R2", "R3", "R4"]
SIZES = {"R1": 40, "R2": 300, "R3": 10, "R4": 120}
WORLD = World(
    {"R": None, **dict.fromkeys(AREAS, "R")},
    (Scheme("everybody", 1), Scheme("old", 1, ages=("Y_GE60",))),
    (Indicator("any", ("everybody", "old")),),
    {(area, sex, age): SIZES[area] for area in AREAS for sex in "FM" for age in AGES},
)
DOUBT = """
    SELECT area_code, scheme, persons, closes FROM mart.doubt
    WHERE period = :period AND indicator = 'any' ORDER BY position
"""

CONCENTRATION = """
    SELECT areas, share, area_codes FROM mart.doubt_concentration WHERE indicator = 'any' AND period = :period
"""


def concentration(missing: list[tuple[str, int]]) -> tuple[int, object, list[str]]:
    """The fewest areas that hold two thirds of these persons: how many, their share, their codes."""
    held = {area: sum(n for other, n in missing if other == area) for area, _ in missing}
    order = sorted(held, key=lambda area: (-held[area], area))
    whole = sum(held.values())
    count = next(k for k in range(1, len(order) + 1) if 3 * sum(map(held.get, order[:k])) >= 2 * whole)  # type: ignore[arg-type]
    return count, pytest.approx(sum(held[area] for area in order[:count]) / whole), order[:count]


@pytest.mark.usefixtures("empty_warehouse")
def test_the_first_of_the_list_close_at_least_as_much_as_any_others() -> None:
    nobody = {
        (area, scheme.id): [(sex, age, 0) for sex in "FM" for age in scheme.ages or AGES]
        for area in AREAS
        for scheme in WORLD.schemes
    }
    missing = [("R1", "everybody"), ("R2", "old"), ("R3", "everybody"), ("R4", "old"), ("R1", "old")]
    came = {key: lines for key, lines in nobody.items() if key not in missing}
    play(WORLD, as_csv(came))
    named = rows(DOUBT)
    assert [(area, scheme) for area, scheme, *_ in named] == [
        ("R2", "old"), ("R1", "everybody"), ("R4", "old"), ("R1", "old"), ("R3", "everybody")
    ]  # fmt: skip
    assert published()["any", "R", "_T"].upper == sum(n for _, _, n, _ in named)  # type: ignore[misc]
    assert rows(CONCENTRATION) == [concentration([(str(area), int(str(n))) for area, _, n, _ in named])]
    with warehouse.transaction() as connection:
        named_areas = doubt(connection, "any", MONTH)
    assert named_areas is not None
    assert (named_areas.areas, len(named_areas.names)) == (rows(CONCENTRATION)[0][0],) * 2
    population = sum(WORLD.people.values())
    assert [closes for *_, closes in named] == [pytest.approx(n / population) for _, _, n, _ in named]  # type: ignore[operator]

    def left(returned: list[tuple[str, str]]) -> int:
        """The width of the nation's interval after these returns came, by the oracle."""
        returns = came | {key: nobody[key] for key in returned}
        figure = oracle.figures(WORLD, WORLD.indicators[0], returns, set())["R", "_T"]
        assert figure.upper is not None
        return figure.upper - figure.lower

    in_order = [(str(area), str(scheme)) for area, scheme, *_ in named]
    for k in range(1, len(missing)):
        first = left(in_order[:k])
        assert all(first <= left(list(others)) for others in combinations(missing, k))
