"""Whatever the tables hold, what is shown of them passes the audit, and rounding adds up."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.release.disclosure.small_worlds import (
    AREAS,
    NOTHING,
    PARENTS,
    PARISHES,
    cells,
    persons,
    released,
    table,
)
from transforms.release.disclosure import audit, protect


@pytest.mark.parametrize("method", ["suppress", "round"])
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_what_is_shown_passes_the_audit_release_after_release(method, data):
    tables = (table(method=method, threshold=data.draw(st.sampled_from([3, 5, 10]))),)
    world = data.draw(persons(schemes=("s", "r"), most=20))
    earlier = NOTHING
    for number in range(data.draw(st.integers(1, 3))):
        period = data.draw(st.sampled_from(["2026-11", "2026-12", "2026"]))
        now = protect(cells(world, period), earlier, AREAS, tables)
        assert audit(now, earlier, AREAS, tables) == []
        earlier = pd.concat([earlier, released(now, number)]) if number else released(now, number)
        world |= data.draw(st.dictionaries(st.sampled_from(sorted(world)), st.integers(0, 9), max_size=3))


@settings(max_examples=15, deadline=None)
@given(persons(schemes=("s", "r"), most=20), st.sampled_from([3, 5, 10]))
def test_rounded_tables_add_up_without_holes(world, base):
    shown = protect(cells(world), NOTHING, AREAS, (table(method="round", threshold=3, base=base),))
    assert shown["published"].notna().all()
    value = shown.set_index(["area", "sex", "scheme"])["published"]
    for (area, sex, scheme), published in value.items():
        if sex == "_T":
            assert published == value[area, "F", scheme] + value[area, "M", scheme]
        if children := [child for child, parent in PARENTS.items() if parent == area]:
            assert published == sum(value[child, sex, scheme] for child in children)
    finest = shown[shown["area"].isin(PARISHES) & (shown["sex"] != "_T")]
    kept = (finest["published"] == finest["count"]) | finest["published"].isin([0, base])
    assert kept.all()
    assert (np.abs(finest["published"] - finest["count"]) < base).all()
