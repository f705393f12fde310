"""The auditor of releases, who has the last word on what is shown."""

from __future__ import annotations

import numpy as np
import pandas as pd

from countries.declarations.indicators import Indicator
from countries.declarations.public_tables import PublicTable
from transforms.release.disclosure.exposure import Exposure
from transforms.release.disclosure.intervals import intervals
from transforms.release.disclosure.released import Released, related

Numbers = np.ndarray


def audit(
    cells: pd.DataFrame,
    earlier: pd.DataFrame,
    areas: pd.DataFrame,
    tables: tuple[PublicTable, ...],
    indicators: tuple[Indicator, ...] = (),
) -> list[Exposure]:
    """The cells of which too much can be worked out from everything released; empty where the release is safe.

    Of a small cell at least as many values must stay possible as its table's threshold, of any other suppressed cell
    two. What earlier releases gave away by themselves is not held against this one. `indicators` says of which schemes
    each is made: what links the cells of indicators to those of schemes.
    """
    earlier = related(earlier, cells, tables)
    released = Released.of(cells, earlier, areas, tables, indicators)
    wanted, required = protected(released)
    least, greatest = intervals(released.knowledge(), wanted, required)
    narrow = greatest - least + 1 < required
    if not narrow.any():
        return []
    wanted, required = wanted[narrow], required[narrow]
    least, greatest = intervals(released.knowledge(), wanted)
    added = np.ones(len(wanted), bool)
    if len(earlier):
        before = Released.of(cells.iloc[:0], earlier, areas, tables, indicators)
        known = wanted < len(
            before.equations.count
        )  # unknowns are numbered as they come, the earlier ones first
        least_before, greatest_before = intervals(before.knowledge(), wanted[known])
        added[known] = (least[known] > least_before) | (greatest[known] < greatest_before)
    return [
        _exposure(released, *interval)
        for interval in zip(wanted[added], required[added], least[added], greatest[added], strict=True)
    ]


def protected(released: Released) -> tuple[Numbers, Numbers]:
    """The unknowns that must not be worked out, and how many values of each must stay possible."""
    cells, unknown = released.cells, released.equations.unknown
    thresholds = {table.id: table.threshold for table in released.tables}
    rule = cells["table"].map(thresholds).fillna(max(thresholds.values(), default=0)).to_numpy(np.int64)
    suppressed = released.present & (cells["status"] == "Q").to_numpy()
    required = np.zeros(len(released.equations.count), np.int64)
    np.maximum.at(required, unknown[suppressed], 2)
    np.maximum.at(required, unknown[released.secret], rule[released.secret])
    parts = released.equations.parts
    touched = np.isin(parts, parts[unknown[released.present]])
    wanted = np.flatnonzero((required > 0) & touched)
    return wanted, required[wanted]


def _exposure(released: Released, unknown: int, required: int, least: float, greatest: float) -> Exposure:
    rows = np.flatnonzero(released.equations.unknown == unknown)
    cell = released.cells.iloc[rows[-1]]
    place = {name: cell[name] for name in Exposure._fields[:7]}
    high = None if np.isinf(greatest) else int(greatest)
    return Exposure(**place, low=int(least), high=high, required=int(required))
