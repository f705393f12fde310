"""Additive rounding: the finest small counts become 0 or the base, and every total adds up what is shown below it.

After SmallCountRounding (Langsrud and Heldal, Privacy in Statistical Databases 2018): of all ways to round, one is
taken from which no single change brings the totals nearer to the truth (least squares over all cells of the table).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csc_array, csr_array, eye_array

from countries.declarations.public_tables import PublicTable
from transforms.release.disclosure.addresses import SUMMED, Addresses

Numbers = np.ndarray


def rounded(
    cells: pd.DataFrame,
    earlier: pd.DataFrame,
    areas: pd.DataFrame,
    table: PublicTable,
    also: Numbers,
    given: Numbers,
) -> tuple[Numbers, Numbers]:
    """What is shown of the cells of one rounded table, and the status of each (`A` where it surely is the count).

    `also`: finest cells that are rounded to a multiple of the base although they are not small. `given`: what other
    rounded tables show of the cells that they add up to; NaN where there is nothing.
    A finest cell that an earlier release showed rounded keeps that value while its count is the same: two roundings of
    one count would say more than either.
    """
    base = table.rounding_base
    addresses = Addresses.of(cells.assign(release=0), areas, (table,))
    below, apart = _tree(addresses)
    own = np.rint(apart @ cells["count"].to_numpy(np.int64)).astype(np.int64)
    finest = below.sum(axis=1) == 1
    kept = np.where(np.isnan(given), _shown_before(cells, earlier, table), given)
    kept[~finest] = np.nan
    shown = np.where(np.isnan(kept), own, kept).astype(np.int64)
    choice = np.flatnonzero(np.isnan(kept) & ((np.abs(own) < base) & (own != 0) | also))
    shown[choice] = (np.abs(own[choice]) // base) * base * np.sign(own[choice])
    shown[choice] += _nearest(csc_array(below), own, shown, choice, np.sign(own[choice]) * base)
    published = np.rint(below @ shown).astype(np.int64)
    certain = finest & (published != 0) & (published != base) & ~also & np.isnan(kept)
    return published, np.where(certain, "A", "R")


def _tree(addresses: Addresses) -> tuple[csr_array, csr_array]:
    """Two matrices, inverse to each other: from what each cell counts beyond its parts to the cells, and back."""
    size = len(addresses.key)
    below, apart = eye_array(size, format="csr"), eye_array(size, format="csr")
    for dimension in SUMMED:
        part, total = addresses.parts(dimension)
        children = csr_array((np.ones(len(part)), (total, part)), (size, size))
        reach, generation = eye_array(size, format="csr"), children
        while generation.nnz:
            reach, generation = reach + generation, generation @ children
        below = below @ reach
        apart = (eye_array(size, format="csr") - children) @ apart
    return below, apart


def _nearest(below: csc_array, own: Numbers, shown: Numbers, choice: Numbers, up: Numbers) -> Numbers:
    """For each choice 0 or its `up` more, changed one after the other as long as that brings the totals nearer."""
    columns = below[:, choice]
    gram = csc_array(columns.T @ columns)
    pull = columns.T @ (below @ (shown - own))
    weight = columns.sum(axis=0)
    value = np.zeros(len(choice), np.int64)
    while len(choice):
        change = np.where(value == 0, up, -up)
        gain = change * (2 * pull + change * weight)
        best = int(np.argmin(gain))
        if gain[best] >= 0:
            break
        value[best] += change[best]
        span = slice(gram.indptr[best], gram.indptr[best + 1])
        pull[gram.indices[span]] += change[best] * gram.data[span]
    return value


def _shown_before(cells: pd.DataFrame, earlier: pd.DataFrame, table: PublicTable) -> Numbers:
    """What an earlier release showed, rounded, of each cell while its count was what it is now; NaN where none did."""
    keys = ["period", "area", "sex", "age_group", "scheme", "indicator", "count"]
    before = (
        earlier[(earlier["table"] == table.id) & (earlier["status"] == "R")]
        if len(earlier)
        else cells.iloc[:0]
    )
    if before.empty:
        return np.full(len(cells), np.nan)
    latest = _last_months(before).drop_duplicates(keys, keep="last")[[*keys, "published"]]
    return (
        _last_months(cells)[keys]
        .merge(latest, how="left", on=keys)["published"]
        .to_numpy(float, na_value=np.nan)
    )


def _last_months(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells of a year as those of its last month, whose persons they may be."""
    period = cells["period"]
    return cells.assign(period=period.where(period.str.len() != 4, period + "-12"))
