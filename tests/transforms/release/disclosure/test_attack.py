"""A differencing attack: totals less their parts, wherever everything released lets somebody subtract.

The attack is plain arithmetic on what is published and knows nothing of how it was protected. It is told more than
anybody could know: which sums hold, and which counts a correction left alone.
"""

import random
from itertools import product

import pandas as pd
import pytest

from countries.declarations.indicators import Indicator, Numerator
from tests.transforms.release.disclosure.small_worlds import (
    AREAS,
    DIMENSIONS,
    NOTHING,
    PARENTS,
    PARISHES,
    cells,
    released,
    table,
)
from transforms.release.disclosure import audit, protect
from transforms.release.disclosure.small import small

COUNTED = Numerator.model_construct(
    measure="beneficiaries", schemes=("s", "r"), contributors=(), age_groups=()
)
FAMILY = Indicator.model_construct(id="family", numerator=COUNTED)
AGES = ("young", "grown")
PLACE = DIMENSIONS[1:]


def tables(method):
    return (
        table("schemes", method),
        table("families", method, dimensions=("area", "sex", "indicator")),
        table("ages", method, dimensions=("area", "sex", "age_group", "scheme")),
    )


def all_tables(persons, period):
    """Schemes by parish, the indicator that adds them up, and ages of the nation."""
    schemes = cells(persons, period, "schemes")
    families = schemes.groupby(["period", "area", "sex"], as_index=False)["count"].sum()
    families = families.assign(table="families", age_group="_T", scheme="_T", indicator="family")
    nation = schemes[schemes["area"] == "XY"]
    young = nation.assign(table="ages", age_group="young", count=nation["count"] // 3)
    grown = nation.assign(table="ages", age_group="grown", count=nation["count"] - nation["count"] // 3)
    return pd.concat([schemes, families, nation.assign(table="ages"), young, grown], ignore_index=True)


def equations(counts):
    """Every sum that truly holds among the cells, as (total, parts)."""
    for key in counts:
        period, area, sex, age, _, indicator = key
        parts = [
            [(period, child, *key[2:]) for child, parent in PARENTS.items() if parent == area],
            [(period, area, s, *key[3:]) for s in "FM"] if sex == "_T" else [],
            [(*key[:3], a, *key[4:]) for a in AGES] if age == "_T" else [],
            [(*key[:4], s, "_T") for s in "sr"] if indicator == "family" else [],
        ]
        for some in parts:
            if some and all(part in counts for part in some) and counts[key] == sum(counts[p] for p in some):
                yield key, some


def recovered(*releases):
    """The small cells, of any release, that subtraction gives from what they publish; one frame a release."""
    versions, known, secret = [], {}, set()
    for number, release in enumerate(releases):
        counts = {tuple(row[PLACE]): row["count"] for _, row in release.iterrows()}
        versions.append(counts)
        for (_, row), hidden in zip(release.iterrows(), small(release, tables("suppress")), strict=True):
            if pd.notna(row["published"]) and row["status"] == "A":
                known[number, *row[PLACE]] = row["published"]
            if hidden:
                secret.add((number, *row[PLACE]))
    sums = [
        ((n, *total), [(n, *part) for part in parts])
        for n, counts in enumerate(versions)
        for total, parts in equations(counts)
    ]
    leaves = {key for key in versions[0] if key[1] in PARISHES and key[2] != "_T"}
    sums += [
        ((n, *key), [(n - 1, *key)])
        for n in range(1, len(versions))
        for key in leaves & versions[n].keys()
        if versions[n][key] == versions[n - 1].get(key)
    ]
    grown = -1
    while grown < len(known):
        grown = len(known)
        for total, parts in sums:
            missing = [part for part in parts if part not in known]
            if total in known and len(missing) == 1:
                known[missing[0]] = known[total] - sum(known[p] for p in parts if p != missing[0])
            elif total not in known and not missing:
                known[total] = sum(known[part] for part in parts)
    return {key for key in secret & known.keys() if known[key] == versions[key[0]][key[1:]]}


def simple_threshold(cells):
    hidden = small(cells, tables("suppress"))
    return cells.assign(
        published=cells["count"].astype("Int64").mask(hidden), status=hidden.map({True: "Q", False: "A"})
    )


def two_releases_and_a_month(seed, publish):
    """October as it was first released, corrected in one parish, and November, each made by `publish`."""
    random.seed(seed)
    people = {key: random.choice([2, 7, 9, random.randint(0, 40)]) for key in product(PARISHES, "FM", "sr")}
    earlier, made = NOTHING, []
    for number, (period, changes) in enumerate(
        [("2026-10", {}), ("2026-10", {("1a", "F", "s"): 8}), ("2026-11", {("2b", "M", "r"): 3})]
    ):
        people |= changes
        made.append(publish(all_tables(people, period), earlier))
        earlier = pd.concat([frame for frame in (earlier, released(made[-1], number)) if len(frame)])
    return made


@pytest.mark.parametrize("method", ["suppress", "round"])
def test_subtracting_recovers_no_small_cell(method):
    def publish(cells, earlier):
        shown = protect(cells, earlier, AREAS, tables(method), (FAMILY,))
        assert audit(shown, earlier, AREAS, tables(method), (FAMILY,)) == []
        return shown

    for seed in range(2):
        assert recovered(*two_releases_and_a_month(seed, publish)) == set()


def test_the_same_attack_finds_what_a_simple_threshold_leaks():
    first, corrected, november = two_releases_and_a_month(1, lambda cells, earlier: simple_threshold(cells))
    found = recovered(first, corrected, november)
    assert {key[0] for key in found} == {0, 1, 2}
    exposed = audit(november, released(first), AREAS, tables("suppress"), (FAMILY,))
    named = {(cell.area, cell.sex, cell.scheme, cell.indicator) for cell in exposed}
    assert {(key[2], key[3], key[5], key[6]) for key in found if key[0] == 2} <= named


def test_a_correction_gives_away_what_the_first_release_held_back():
    """Each release by itself holds back enough: the first one more cell than 1a, the second none, as none is small."""
    people = dict.fromkeys(product(PARISHES, "FM", "s"), 20) | {("1a", "F", "s"): 3}
    schemes = tables("suppress")[:1]
    first = protect(cells(people, id="schemes"), NOTHING, AREAS, schemes)
    corrected = cells(people | {("1a", "F", "s"): 6}, id="schemes")
    alone = protect(corrected, NOTHING, AREAS, schemes)
    assert recovered(first) == recovered(alone) == set()
    assert recovered(first, alone)
    exposed = audit(alone, released(first), AREAS, schemes)
    assert {(cell.area, cell.sex, cell.low, cell.high) for cell in exposed} >= {("1a", "F", 3, 3)}
    together = protect(corrected, released(first), AREAS, schemes)
    assert audit(together, released(first), AREAS, schemes) == []
    assert recovered(first, together) == set()
