"""The auditor's intervals are those that trying every possibility gives."""

import numpy as np
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.transforms.release.disclosure.small_worlds import (
    AREAS,
    NOTHING,
    cells,
    everything_possible,
    persons,
    released,
    table,
    within,
)
from transforms.release.disclosure.intervals import intervals
from transforms.release.disclosure.released import Released


def shown(table_cells, hidden):
    """The cells with those suppressed that `hidden` says; the total of all is always shown."""
    suppressed = np.resize(hidden, len(table_cells)) & (
        (table_cells["area"] != "XY") | (table_cells["sex"] != "_T")
    )
    return table_cells.assign(
        published=table_cells["count"].astype("Int64").mask(suppressed),
        status=np.where(suppressed, "Q", "A"),
    )


def few(world, most):
    """The same persons as far as they are not more than so many: trying everything must end."""
    kept = {}
    for leaf, count in world.items():
        kept[leaf] = min(count, most - sum(kept.values()))
    return kept


def solved(present, earlier):
    system = Released.of(present, earlier, AREAS, (table(),), ())
    unknowns = np.arange(len(system.equations.count))
    least, greatest = intervals(system.knowledge(), unknowns)
    return least[system.equations.unknown], greatest[system.equations.unknown]


@settings(max_examples=12, deadline=None)
@given(
    persons(["1a", "1b", "2a"], most=4) | persons(["1a", "2a"], schemes=("s", "r"), most=3),
    st.lists(st.booleans(), min_size=5, max_size=40),
)
def test_intervals_are_those_of_trying_everything(world, hidden):
    world = few(world, 14 - len(world) // 2)
    leaves, total = list(world), sum(world.values())
    assume(total)
    table_cells = shown(cells(world), hidden)
    ways = everything_possible(table_cells, leaves, total)
    least, greatest = solved(table_cells, NOTHING)
    for place, cell in enumerate(table_cells.itertuples()):
        values = ways @ within(cell, leaves)
        assert (least[place], greatest[place]) == (values.min(), values.max()), cell


@settings(max_examples=10, deadline=None)
@given(
    persons(["1a", "1b"], most=4),
    st.dictionaries(st.sampled_from([("1a", "F"), ("1b", "M")]), st.integers(0, 4), min_size=1),
    st.lists(st.booleans(), min_size=5, max_size=12),
    st.lists(st.booleans(), min_size=5, max_size=12),
)
@example(  # 1b has 5 in both, and not the same 5
    {("1a", "F", "s"): 0, ("1b", "M", "s"): 2, ("1b", "F", "s"): 3, ("1a", "M", "s"): 1},
    {("1a", "F"): 4, ("1b", "M"): 3},
    [False, True, True, False, False],
    [False],
)
def test_two_releases_share_what_did_not_change(world, restated, hidden, hidden_then):
    world = few(world, 9)
    later = few({key: restated.get(key[:2], count) for key, count in world.items()}, 9)
    leaves = list(world)
    now, then = shown(cells(later), hidden), released(shown(cells(world), hidden_then))
    least, greatest = solved(now, then)
    ways_then = everything_possible(then, leaves, sum(world.values()))
    ways_now = everything_possible(now, leaves, sum(later.values()))
    pairs = np.array([(a, b) for a in range(len(ways_then)) for b in range(len(ways_now))])
    for after in now.itertuples():
        counted = within(after, leaves)
        if all(world[leaf] == later[leaf] for leaf, inside in zip(leaves, counted, strict=True) if inside):
            same = (ways_then @ counted)[pairs[:, 0]] == (ways_now @ counted)[pairs[:, 1]]
            pairs = pairs[same]
    for place, cell in enumerate(now.itertuples(), start=len(then)):
        values = (ways_now @ within(cell, leaves))[pairs[:, 1]]
        assert (least[place], greatest[place]) == (values.min(), values.max()), cell
