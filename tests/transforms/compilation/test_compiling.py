"""The figures of the warehouse are those of the oracle, whatever the country, and compiling again changes nothing."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from countries.country import Country
from sql import warehouse
from tests.conftest import reset
from tests.reference import oracle
from tests.reference.world import AGES, GROUPS, Indicator, Scheme, World
from transforms.compile_queue import enqueue_period
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.person import SYSTEM
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

MONTH = "2026-10"
FIGURES = """
    SELECT i.code AS indicator, a.code AS area, CASE v.sex WHEN 'T' THEN '_T' ELSE v.sex::text END AS sex,
           v.numerator, v.denominator, v.lower_count AS lower, v.upper_count AS upper, v.expected, v.received
    FROM core.indicator_value v
    JOIN core.indicator i USING (indicator_id)
    JOIN core.area a USING (area_id)
"""

TOTALS = "SELECT area_code, scheme, sex, age_group, beneficiaries, place_not_known FROM mart.scheme_total"
GROUP_TOTALS = (
    "SELECT area_code, scheme, sex, age_group, population_group, beneficiaries FROM mart.group_total"
)


def tree(rng: Random) -> dict[str, str | None]:
    """One to four layers below a root."""
    parents: dict[str, str | None] = {"R": None}
    layer = ["R"]
    for _ in range(rng.randint(1, 4)):
        layer = [f"{parent}{i}" for parent in layer for i in range(rng.randint(1, 3))]
        parents |= {code: code[:-1] for code in layer}
    return parents


def people(rng: Random, world: World) -> dict[tuple[str, str, str], int]:
    """A population nowhere, at the bottom, here and there, or at the root alone."""
    bottom = [code for code in world.parents if not world.children(code)]
    counted = rng.choice([[], bottom, [code for code in world.parents if rng.random() < 0.7], ["R"]])
    return {(code, sex, age): rng.randint(0, 60) for code in counted for sex in "FM" for age in AGES}


def a_world(rng: Random) -> World:
    parents = tree(rng)
    depth = max(map(len, parents)) - 1
    schemes = tuple(
        Scheme(
            f"s{i}",
            rng.randint(0, depth),
            tuple(rng.sample(list(AGES), rng.randint(0, 2))),
            tuple(rng.sample("FM", rng.randint(0, 1))),
            above=rng.random() < 0.5,
        )
        for i in range(rng.randint(1, 4))
    )
    others = (Scheme("works", rng.randint(0, depth), unit="job_days", above=True),)
    indicators = []
    for i in range(2):
        counted = tuple(scheme.id for scheme in rng.sample(schemes, rng.randint(1, len(schemes))))
        indicators.append(
            Indicator(
                f"i{i}",
                counted,
                rng.choice(["disjoint", "overlapping"]),
                tuple(rng.sample(list(AGES), rng.randint(0, 2))),
                contributors=tuple(scheme for scheme in counted if rng.random() < 0.3),
            )
        )
    world = World(parents, schemes + others, tuple(indicators))
    return replace(world, people=people(rng, world))


def a_round(rng: Random, world: World) -> oracle.Returns:
    """Some areas report, some do not; ages told for one sex and not for another; a few persons of no known place."""
    returns: oracle.Returns = {}
    for scheme in world.schemes:
        ages = list(scheme.ages or AGES)
        for area in world.parents:
            above = scheme.above and world.depth(area) < scheme.layer
            if rng.random() < (0.75 if world.depth(area) == scheme.layer else 0.3 if above else 0):
                lines = []
                for sex in rng.sample("FMXU", rng.randint(1, 4)):
                    reported_ages = (
                        ["_T"] if rng.random() < 0.3 else rng.sample(ages, rng.randint(1, len(ages)))
                    )
                    lines += [(sex, age, rng.randint(0, 40)) for age in reported_ages]
                returns[area, scheme.id] = lines
    return returns


def who_contributes(rng: Random, returns: oracle.Returns) -> oracle.Contributing:
    """Some lines do not say it."""
    return {
        key: {(sex, age): rng.randint(0, 40) if rng.random() < 0.7 else None for sex, age, _ in lines}
        for key, lines in returns.items()
    }


def by_group(rng: Random, returns: oracle.Returns) -> oracle.GroupReturns:
    """Some returns break some of their lines down by group."""
    groups: oracle.GroupReturns = {}
    for key, lines in returns.items():
        for sex, age, n in lines:
            for group in rng.sample(list(GROUPS), rng.randint(0, 2)) if rng.random() < 0.4 else []:
                groups.setdefault(key, []).append((sex, age, group, rng.randint(0, n)))
    return groups


def as_csv(
    returns: oracle.Returns,
    partial: set[tuple[str, str]] = frozenset(),  # type: ignore[assignment]
    groups: oracle.GroupReturns | None = None,
    contributing: oracle.Contributing | None = None,
) -> bytes:
    """A file of scheme returns; those that shall stand in part get one more line that cannot be accepted."""
    rows = [(MONTH, *key, *line) for key, lines in returns.items() for line in lines]
    rows += [(MONTH, *key, "Z", "Y0T17", 1) for key in partial]
    columns = ["period", "area_code", "scheme", "sex", "age_group", "beneficiaries"]
    if groups is not None:
        columns.append("group")
        rows = [(*row, "") for row in rows]
        rows += [
            (MONTH, *key, sex, age, n, group) for key, lines in groups.items() for sex, age, group, n in lines
        ]
    table = pd.DataFrame(rows, columns=columns)
    if contributing is not None:
        say = [contributing.get((row[1], row[2]), {}).get((row[3], row[4])) for row in rows]
        table["contributors"] = pd.array(say, dtype="Int64")
    return table.to_csv(index=False).encode()


def published() -> dict[tuple[str, str, str], oracle.Figure]:
    with warehouse.transaction() as connection:
        rows = warehouse.read(connection, FIGURES).astype(object)
    return {
        (row.indicator, row.area, row.sex): oracle.Figure(
            *(None if pd.isna(n) else int(n) for n in row[4:])  # type: ignore[arg-type]
        )
        for row in rows.itertuples(index=True)
    }


def expected(
    world: World,
    returns: oracle.Returns,
    partial: set[tuple[str, str]],
    contributing: oracle.Contributing | None = None,
) -> dict[tuple[str, str, str], oracle.Figure]:
    return {
        (indicator.id, *key): figure
        for indicator in world.indicators
        for key, figure in oracle.figures(world, indicator, returns, partial, contributing).items()
    }


def play(world: World, *files: bytes) -> Country:
    """Load the country; receive the files by the door that everyone uses, compiling what each one changed."""
    country = world.country(Path(tempfile.mkdtemp()))
    load_country(country)
    for number, raw in enumerate(files):
        submit(raw, f"{number}.csv", by=SYSTEM, via="cli")
        receive_waiting(country)
        compile_and_publish(MONTH)
    return country


@pytest.mark.timeout(1800)  # each example is a country of its own, loaded, reported and compiled
@pytest.mark.usefixtures("empty_warehouse")
class TestAgainstTheOracle:
    @settings(
        max_examples=20,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(rng=st.randoms(use_true_random=False))
    def test_figures_are_those_of_the_oracle(self, rng: Random) -> None:
        reset()
        world = a_world(rng)
        returns = a_round(rng, world)
        partial = {key for key in returns if rng.random() < 0.2}
        contributing = who_contributes(rng, returns)
        play(world, as_csv(returns, partial, contributing=contributing))
        assert published() == expected(world, returns, partial, contributing)

    @settings(
        max_examples=8,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(rng=st.randoms(use_true_random=False))
    def test_groups_and_persons_of_no_known_place_stand_apart(self, rng: Random) -> None:
        """Groups restate persons and change no figure; persons who cannot be placed are counted, and shown apart."""
        reset()
        world = a_world(rng)
        returns = a_round(rng, world)
        groups, contributing = by_group(rng, returns), who_contributes(rng, returns)
        play(world, as_csv(returns, groups=groups, contributing=contributing))
        assert published() == expected(world, returns, set(), contributing)
        with warehouse.transaction() as connection:
            totals = warehouse.read(connection, TOTALS).astype(object)
            of_groups = warehouse.read(connection, GROUP_TOTALS)
        assert {
            key: (int(n), None if pd.isna(unplaced) else int(unplaced))
            for *key_, n, unplaced in totals.itertuples(index=False)
            for key in [tuple(key_)]
        } == oracle.totals(world, returns)
        assert {tuple(key): n for *key, n in of_groups.itertuples(index=False)} == oracle.group_totals(
            world, groups
        )

    @settings(
        max_examples=8,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(rng=st.randoms(use_true_random=False))
    def test_order_and_splitting_of_files_do_not_matter(self, rng: Random) -> None:
        reset()
        world = a_world(rng)
        returns = a_round(rng, world)
        contributing = who_contributes(rng, returns)
        shuffled = list(returns.items())
        rng.shuffle(shuffled)
        play(world, *(as_csv(dict(shuffled[i::3]), contributing=contributing) for i in range(3)))
        assert published() == expected(world, returns, set(), contributing)

    def test_a_correction_supersedes_and_the_past_can_be_asked_for(self) -> None:
        world = World(
            {"R": None, "R1": "R", "R2": "R"},
            (Scheme("s", 1),),
            (Indicator("i", ("s",)),),
            {(area, "F", age): 100 for area in ("R1", "R2") for age in AGES},
        )
        first: oracle.Returns = {("R1", "s"): [("F", "_T", 30)], ("R2", "s"): [("F", "_T", 40)]}
        country = play(world, as_csv(first))
        with warehouse.transaction() as connection:
            before = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        corrected = {**first, ("R1", "s"): [("F", "_T", 35)]}
        submit(as_csv({("R1", "s"): corrected["R1", "s"]}), "correction.csv", by=SYSTEM, via="cli")
        receive_waiting(country)
        compile_and_publish(MONTH)

        assert published() == expected(world, corrected, set())
        with warehouse.transaction() as connection:
            then = warehouse.read(
                connection,
                "SELECT numerator FROM mart.as_known_at(:t) WHERE area_code = 'R' AND sex = '_T'",
                t=before,
            )
            untouched = warehouse.read(
                connection,
                "SELECT known_from < :t AS old FROM mart.indicator_value WHERE area_code = 'R2'",
                t=before,
            )
        assert then["numerator"].tolist() == [70]
        assert untouched["old"].all(), "a figure that did not move keeps the moment since when it is known"

    def test_a_return_with_a_rejected_line_never_replaces_an_accepted_one(self) -> None:
        world = World({"R": None, "R1": "R"}, (Scheme("s", 1),), (Indicator("i", ("s",)),))
        good: oracle.Returns = {("R1", "s"): [("F", "_T", 30)]}
        worse: oracle.Returns = {("R1", "s"): [("F", "_T", 99)]}
        play(world, as_csv(good), as_csv(worse, partial={("R1", "s")}))
        assert published() == expected(world, good, set())
        with warehouse.transaction() as connection:
            outcomes = warehouse.read(connection, "SELECT outcome FROM mart.submission ORDER BY received_at")
        assert outcomes["outcome"].tolist() == ["accepted", "partial"]

    def test_compiling_again_changes_nothing(self) -> None:
        rng = Random(7)
        world = a_world(rng)
        returns = a_round(rng, world)
        play(world, as_csv(returns, contributing=who_contributes(rng, returns)))
        with warehouse.transaction() as connection:
            before = warehouse.read(connection, "SELECT * FROM mart.indicator_history ORDER BY 1, 2, 4, 5, 6")
        with warehouse.transaction() as connection:
            enqueue_period(connection, MONTH)
        compile_and_publish(MONTH)
        with warehouse.transaction() as connection:
            after = warehouse.read(connection, "SELECT * FROM mart.indicator_history ORDER BY 1, 2, 4, 5, 6")
        pd.testing.assert_frame_equal(before, after)
