"""A total against the area's own earlier ones."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from validators.messages import limits
from validators.reference import Reference
from validators.rules.cross_field_rules import Breach
from validators.rules.returns import Returns, message_params

CONSISTENT = 0.6745
"""Makes the median absolute deviation comparable to a standard deviation (Iglewicz and Hoaglin 1993)."""

PERIODS = 12
"""Earlier periods that are looked at: a year of months."""


def jump_breach(returns: Returns, history: pd.DataFrame, reference: Reference) -> Breach:
    """The returns whose total is far from the area's earlier ones. `history`: as `jumps` takes it."""
    jumped = jumps(returns.frame, history, limits("jump", reference.country))
    return Breach(
        "jump",
        "beneficiaries",
        jumped["first"].to_numpy(),
        message_params(jumped, reference, value="total", usual="usual"),
    )


def jumps(totals: pd.DataFrame, history: pd.DataFrame, limit: Mapping[str, float]) -> pd.DataFrame:
    """The totals that are unusual, with a column `usual`: the median of the earlier ones.

    Modified z-score on the median absolute deviation; a plain ratio to the median where history is short.
    `totals` and `history`: area_code, scheme, period, total, one row an area, scheme and period. Earlier ones among
    `totals` take the place of those in `history`. Differences of fewer persons than `least` are never a jump.
    """
    places, usual = [np.empty(0, dtype=np.int64)], [np.empty(0)]
    for current, past in _earlier(totals, history):
        total = totals["total"].to_numpy()[current]
        apart = np.abs(total - past.median)
        with np.errstate(divide="ignore", invalid="ignore"):
            score = CONSISTENT * apart / past.deviation
        ratio = np.maximum(total, 1) / np.maximum(past.median, 1)
        by_ratio = (ratio > limit["ratio"]) | (ratio < 1 / limit["ratio"])
        long = (past.periods >= limit["history"]) & (past.deviation > 0)
        jumped = (
            (past.periods > 0) & (apart >= limit["least"]) & np.where(long, score > limit["score"], by_ratio)
        )
        places.append(current[jumped])
        usual.append(past.median[jumped])
    return totals.iloc[np.concatenate(places)].assign(usual=np.concatenate(usual))


@dataclass(frozen=True)
class Past:
    """What returns usually come to, place by place: median, median absolute deviation, and of how many."""

    median: np.ndarray
    deviation: np.ndarray
    periods: np.ndarray


def _earlier(frame: pd.DataFrame, history: pd.DataFrame) -> Iterator[tuple[np.ndarray, Past]]:
    """For each period of the file the places of its returns, and their past.

    All totals stand in a block with an edge for areas, one for schemes and one for periods.
    """
    names = ("area_code", "scheme", "period")
    edges = [pd.Index(frame["area_code"].unique()), pd.Index(frame["scheme"].unique())]
    edges.append(pd.Index(sorted({*frame["period"], *map(str, history["period"].unique())})))
    block = np.full([len(edge) + 1 for edge in edges], np.nan)  # the last place takes what the file has not
    for totals in (history, frame):
        corner = [_places(edge, totals[name]) for edge, name in zip(edges, names, strict=True)]
        block[tuple(corner)] = totals["total"].to_numpy(dtype=np.float64)
    area, scheme, period = (_places(edge, frame[name]) for edge, name in zip(edges, names, strict=True))
    for now in np.unique(period):
        current = np.flatnonzero(period == now)
        yield current, _past(block[area[current], scheme[current], max(0, now - PERIODS) : now])


def _places(edge: pd.Index, values: pd.Series) -> np.ndarray:
    kinds = values.astype("category").array
    return np.append(edge.get_indexer(kinds.categories.astype("str")), -1)[kinds.codes]


def _past(earlier: np.ndarray) -> Past:
    median, periods = _median(earlier)
    deviation, _ = _median(np.abs(earlier - median[:, None]))
    return Past(median, deviation, periods)


def _median(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The median of each row without its missing values, NaN where there are none; and how many there are."""
    if not rows.shape[1]:
        return np.full(len(rows), np.nan), np.zeros(len(rows), dtype=np.int64)
    rows = np.sort(rows, axis=1)  # puts NaN last
    counted = (~np.isnan(rows)).sum(axis=1)
    low, high = np.maximum(counted - 1, 0) // 2, counted // 2
    at = np.arange(len(rows))
    return (rows[at, low] + rows[at, np.minimum(high, rows.shape[1] - 1)]) / 2, counted
