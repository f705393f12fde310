"""Tiny countries with public tables, and everything that can be known of them by trying every possibility."""

from itertools import product

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from countries.declarations.public_tables import PublicTable

DIMENSIONS = ["table", "period", "area", "sex", "age_group", "scheme", "indicator"]
AREAS = pd.DataFrame(
    [("XY", None, "nation"), ("1", "XY", "county"), ("2", "XY", "county")]
    + [(county + parish, county, "parish") for county in "12" for parish in "abc"],
    columns=["code", "parent", "layer"],
)
PARENTS = dict(AREAS[["code", "parent"]].itertuples(index=False))
PARISHES = ["1a", "1b", "1c", "2a", "2b", "2c"]


def table(id="t", method="suppress", threshold=5, dimensions=("area", "sex", "scheme"), **more):
    return PublicTable(
        id=id,
        names={"en": id},
        dimensions=dimensions,
        layer="parish",
        measure="numerator" if "indicator" in dimensions else "beneficiaries",
        method=method,
        threshold=threshold,
        **more,
    )


def above(area):
    while isinstance(area, str):
        yield area
        area = PARENTS[area]


def cells(persons, period="2026-10", id="t"):
    """All cells of a table by area, sex and scheme; `persons`: (parish, sex, scheme) → count."""
    counts = {}
    for (parish, sex, scheme), count in persons.items():
        for area, of_sex in product(above(parish), (sex, "_T")):
            counts[area, of_sex, scheme] = counts.get((area, of_sex, scheme), 0) + count
    rows = [(id, period, area, sex, "_T", scheme, "_T", n) for (area, sex, scheme), n in counts.items()]
    return pd.DataFrame(rows, columns=[*DIMENSIONS, "count"])


NOTHING = cells({}).assign(published=pd.array([], "Int64"), status="", release=0)


def released(cells, number=1):
    """The cells as a later release sees them."""
    return cells.assign(release=number)


def persons(parishes=PARISHES, sexes=("F", "M"), schemes=("s",), most=9):
    """Counts of persons, many of them small."""
    count = st.one_of(st.integers(0, 5), st.integers(0, most))
    return st.fixed_dictionaries(dict.fromkeys(product(parishes, sexes, schemes), count))


def everything_possible(shown, leaves, total):
    """All numbers of persons in the leaves that add up to the total and make the cells that are shown.

    `shown`: cells with `published`, empty where suppressed. One row a possibility, one column a leaf.
    """
    ways = compositions(total, len(leaves))
    for cell in shown[shown["published"].notna()].itertuples():
        ways = ways[ways @ within(cell, leaves) == cell.published]
    return ways


def compositions(total, parts):
    """All ways to write a number as so many numbers, one row each."""
    if parts == 1:
        return np.array([[total]])
    return np.vstack(
        [
            np.hstack([np.full((len(rest), 1), first), rest])
            for first in range(total + 1)
            for rest in [compositions(total - first, parts - 1)]
        ]
    )


def within(cell, leaves):
    """Which leaves a cell counts."""
    return np.array(
        [
            cell.area in above(parish) and cell.sex in (sex, "_T") and cell.scheme in (scheme, "_T")
            for parish, sex, scheme in leaves
        ],
        dtype=int,
    )
