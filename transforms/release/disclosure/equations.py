"""Everything released as equations: each cell an unknown whole number of persons, each sum of a table a relation.

Whoever attacks is granted every relation that truly holds: an equation where the parts add up to their total, and its
direction where they do not (persons of no known place, schemes that share persons). Nothing true that could be
known is kept from the attacker, so what is safe against this one is safe against those who know less.

A cell that stands in several tables or releases is one unknown while it counts the same persons. A restated cell is a
new one: the figure that was released and the one that replaces it are different numbers of persons.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from countries.declarations.indicators import Denominator, Filters, Indicator, Numerator
from countries.declarations.public_tables import PublicTable
from transforms.release.disclosure.addresses import SUMMED, TOTAL, Addresses
from transforms.release.divisors import MEASURE

Numbers = np.ndarray
LOOSE = np.inf


class Terms(NamedTuple):
    """Relations as they are found, one row a term: which relation, which of the cells, and its factor.

    A `sum` is zero, or tells which side is greater; a `rule` may hold, and says nothing where it is off by more than
    `off`; of an `order` only that the total is not below its part is known, where it is so.
    """

    relation: Numbers
    cell: Numbers
    factor: Numbers
    kind: Literal["sum", "rule", "order"] = "sum"
    off: int = 0


@dataclass(frozen=True)
class Equations:
    """The unknowns of some cells and what relates them, in deviations from the true counts.

    `unknown` says of each cell which unknown it is, `count` of each unknown its true value. Row by row,
    `row_low <= matrix @ (x - count) <= row_high` for every `x` that what was released allows.
    """

    unknown: Numbers
    count: Numbers
    matrix: csr_array
    row_low: Numbers
    row_high: Numbers

    @cached_property
    def parts(self) -> Numbers:
        """Of each unknown, the number of the part of the equations that it is in: no relation leaves a part."""
        return components(self.matrix)


def components(matrix: csr_array) -> Numbers:
    """The columns of a matrix numbered by connected part; two columns that share a row are in one."""
    pattern = csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), matrix.shape)
    rows, columns = matrix.shape
    size = rows + columns
    coo = pattern.tocoo()
    graph = csr_array((coo.data, (coo.row, rows + coo.col)), (size, size))
    return np.asarray(connected_components(graph, directed=False)[1][rows:])


def equations(
    cells: pd.DataFrame,
    areas: pd.DataFrame,
    tables: tuple[PublicTable, ...],
    indicators: tuple[Indicator, ...],
) -> Equations:
    """The equations of the cells of all releases; `release` numbers them, oldest first."""
    addresses = Addresses.of(cells, areas, tables)
    unknown, count = _unknowns(addresses, cells)
    rounded = (cells["status"] == "R").to_numpy() if "status" in cells else np.zeros(len(cells), bool)
    found = (
        *_sums(addresses),
        *made_of(addresses, indicators),
        *_counted_alike(addresses, indicators),
        *_over_time(addresses),
    )
    rows = [each for terms in found if len(terms.cell) for each in _rows(terms, unknown, count, rounded)]
    return Equations(unknown, count, *_stacked(rows, len(count)))


def _unknowns(addresses: Addresses, cells: pd.DataFrame) -> tuple[Numbers, Numbers]:
    """The unknown of each cell, and the true value of each unknown.

    Cells of one place are the same unknown while their count and every count below them is the same, as far as the
    releases have the same cells: a total that stays because its parts moved against each other counts other persons.
    """
    place = addresses.without("release")
    count = cells["count"].to_numpy(np.int64)
    releases = pd.Series(addresses.codes["release"])
    in_all = releases.groupby(place).transform("nunique") == releases.groupby(
        addresses.codes["period"]
    ).transform("nunique")
    # hashed once more, so that sums of marks tell which count is whose
    mark = pd.util.hash_array(pd.util.hash_array(place) * np.uint64(3) + pd.util.hash_array(count))
    mark[~in_all.to_numpy()] = 0
    for dimension in SUMMED:
        part, total = addresses.parts(dimension)
        below = mark
        while below.any():
            above = np.zeros_like(mark)
            np.add.at(above, total, below[part])
            mark, below = mark + above, above
    first = addresses.first()
    keys = pd.MultiIndex.from_arrays([place, count, mark[first]])
    unknown, distinct = pd.factorize(keys)
    return unknown, distinct.get_level_values(1).to_numpy(np.int64)


def _sums(addresses: Addresses) -> Iterator[Terms]:
    """Areas to the area above, sexes, ages and schemes to all of them."""
    for dimension in SUMMED:
        part, total = addresses.parts(dimension)
        yield _sum(total, part)


def _sum(total: Numbers, part: Numbers, factor: int = 1) -> Terms:
    """One relation for each total: `factor` times it less its parts."""
    totals, relation = np.unique(total, return_inverse=True)
    return Terms(
        np.concatenate([np.arange(len(totals)), relation]),
        np.concatenate([totals, part]),
        np.concatenate([np.full(len(totals), factor), np.full(len(part), -1)]),
    )


def made_of(addresses: Addresses, indicators: tuple[Indicator, ...]) -> Iterator[Terms]:
    """An indicator, or what divides it, and the schemes that it counts, by age where both tables tell ages apart."""
    for indicator in indicators:
        for side, counted in _sides(indicator):
            whole = addresses.select(indicator=indicator.id, age_group=TOTAL, measure=side)
            yield from _of_schemes(addresses, whole, counted)


def _sides(indicator: Indicator) -> Iterator[tuple[str, Numerator | Denominator]]:
    """What an indicator counts, with the measure of its cells; a gap is of another one, whose equations say all."""
    if indicator.numerator:
        yield "numerator", indicator.numerator
    if indicator.divisor:
        yield MEASURE, indicator.divisor


def _counted_alike(addresses: Addresses, indicators: tuple[Indicator, ...]) -> Iterator[Terms]:
    """Sums and divisors that count the same persons: one as the other, but for lines that state the one alone."""
    first: dict[str, tuple[str, str]] = {}
    for indicator in indicators:
        for side, counted in _sides(indicator):
            if indicator.coverage and side == "numerator":  # persons once, which no sum counts
                continue
            said = counted.model_dump_json(include={"measure", *Filters.model_fields})
            other, of_other = first.setdefault(said, (indicator.id, side))
            if (other, of_other) != (indicator.id, side):
                cells = addresses.select(indicator=other, measure=of_other)
                same = addresses.at(cells, indicator=indicator.id, measure=side)
                yield _sum(cells[same >= 0], same[same >= 0])


def _of_schemes(addresses: Addresses, whole: Numbers, counted: Numerator | Denominator) -> Iterator[Terms]:
    totals, parts = [], []
    measures = (
        counted.measures
        if isinstance(counted, Numerator)
        else dict.fromkeys(counted.schemes, counted.measure)
    )
    for scheme, measure in measures.items():
        place = {"indicator": TOTAL, "scheme": scheme, "measure": measure}
        by_age = [addresses.at(whole, **place, age_group=age) for age in counted.age_groups]
        told_apart = (
            np.any([found >= 0 for found in by_age], axis=0) if by_age else np.zeros(len(whole), bool)
        )
        all_ages = np.where(told_apart, -1, addresses.at(whole, **place))
        for found in (*by_age, all_ages):
            totals.append(whole[found >= 0])
            parts.append(found[found >= 0])
    if totals:
        yield _sum(np.concatenate(totals), np.concatenate(parts))


def _over_time(addresses: Addresses) -> Iterator[Terms]:
    """A year beside its months (the last one, their sum or mean), and a month beside the one before."""
    newest = addresses.newest()
    for year, months in newest.years():
        whole = newest.select(period=year)
        found = np.array([newest.at(whole, period=month) for month in months])
        there = found[-1] >= 0
        yield _sum(whole[there], found[-1][there])._replace(kind="rule")
        complete = (found >= 0).all(axis=0)
        totals, parts = np.tile(whole[complete], len(months)), found[:, complete].ravel()
        yield _sum(totals, parts)._replace(kind="rule")
        yield _sum(totals, parts, factor=12)._replace(kind="rule", off=6)
    for month, before in newest.consecutive():
        stock = newest.select(period=month, measure="beneficiaries")
        flows = np.array(
            [
                newest.at(stock, period=before),
                newest.at(stock, measure="new_enrolments"),
                newest.at(stock, measure="exits"),
            ]
        )
        complete = (flows >= 0).all(axis=0)
        number = np.arange(complete.sum())
        cells = np.concatenate([stock[complete], flows[:, complete].ravel()])
        yield Terms(np.tile(number, 4), cells, np.repeat([1, -1, -1, 1], len(number)), "rule")


def _each(total: Numbers, part: Numbers) -> Terms:
    """A relation for each total and part of it: the one is not below the other."""
    number = np.arange(len(total))
    return Terms(np.tile(number, 2), np.concatenate([total, part]), np.repeat([1, -1], len(number)), "order")


class Rows(NamedTuple):
    """Rows of a system in deviations from the truth, one entry of `row`, `unknown` and `factor` a term."""

    row: Numbers
    unknown: Numbers
    factor: Numbers
    low: Numbers
    high: Numbers


def _rows(terms: Terms, unknown: Numbers, count: Numbers, rounded: Numbers) -> Iterator[Rows]:
    """What of the relations truly holds. Of rounded tables what a total counts beyond its parts is granted exactly."""
    columns = unknown[terms.cell]
    relations = int(terms.relation.max()) + 1
    beyond = np.bincount(terms.relation, terms.factor * count[columns], relations)
    low = np.where(beyond >= 0, -beyond, -LOOSE)
    high = np.where(beyond <= 0, -beyond, LOOSE)
    if terms.kind == "sum":
        exact = np.bincount(terms.relation, rounded[terms.cell], relations) > 0
        low[exact] = high[exact] = 0
        holds = np.ones(relations, bool)
        overlapping = (beyond < 0)[terms.relation] & (terms.factor < 0)
        if overlapping.any():
            total = np.empty(relations, np.int64)
            total[terms.relation[terms.factor > 0]] = terms.cell[terms.factor > 0]
            each = _each(total[terms.relation[overlapping]], terms.cell[overlapping])
            yield from _rows(each, unknown, count, rounded)
    elif terms.kind == "rule":
        holds = np.abs(beyond) <= terms.off
        low, high = -terms.off - beyond, terms.off - beyond
    else:
        holds = beyond >= 0
        high[:] = LOOSE
    kept = holds[terms.relation]
    number = np.cumsum(holds) - 1
    yield Rows(number[terms.relation[kept]], columns[kept], terms.factor[kept], low[holds], high[holds])


def _stacked(rows: list[Rows], unknowns: int) -> tuple[csr_array, Numbers, Numbers]:
    """One matrix with each row once, and the bounds of its rows."""
    if not rows:
        return csr_array((0, unknowns)), np.empty(0), np.empty(0)
    sizes = [len(each.low) for each in rows]
    offsets = np.cumsum([0, *sizes[:-1]])
    row = np.concatenate([each.row + offset for each, offset in zip(rows, offsets, strict=True)])
    factor = np.concatenate([each.factor for each in rows]).astype(float)
    column = np.concatenate([each.unknown for each in rows])
    low = np.concatenate([each.low for each in rows])
    high = np.concatenate([each.high for each in rows])
    matrix = csr_array((factor, (row, column)), (len(low), unknowns))
    # equal rows have equal sums of random weights of 64 bits; others do not, but once in 10^9 systems
    weight = np.random.default_rng(0).integers(0, 2**64, unknowns, dtype=np.uint64)
    sums = np.zeros(len(low), np.uint64)
    np.add.at(sums, row, factor.astype(np.int64).astype(np.uint64) * weight[column])
    distinct = pd.DataFrame({"sum": sums, "low": low, "high": high}).drop_duplicates()
    kept = distinct.index.to_numpy()
    return matrix[kept], low[kept], high[kept]
