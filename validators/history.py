"""A return's total against the area's own earlier ones."""

import numpy as np
import pandas as pd

from validators.messages import limits
from validators.reference import Reference
from validators.relations import Breach
from validators.returns import Returns, told

CONSISTENT = 0.6745
"""Makes the median absolute deviation comparable to a standard deviation (Iglewicz and Hoaglin 1993)."""


def jumps(returns: Returns, history: pd.DataFrame, reference: Reference) -> Breach:
    """Modified z-score on the median absolute deviation; a plain ratio to the median where history is short.

    `history`: area_code, scheme, period, beneficiaries, one row an earlier return. Differences of fewer
    persons than `least` are never a jump.
    """
    limit = limits("jump", reference.country)
    met = returns.frame.merge(_usual(history), on=["area_code", "scheme"])
    apart = (met["total"] - met["usual"]).abs()
    score = CONSISTENT * apart / met["deviation"]
    ratio = np.maximum(met["total"], 1) / np.maximum(met["usual"], 1)
    by_ratio = (ratio > limit["ratio"]) | (ratio < 1 / limit["ratio"])
    long = (met["periods"] >= limit["history"]) & (met["deviation"] > 0)
    jumped = met[(apart >= limit["least"]) & (score > limit["score"]).where(long, by_ratio)]
    said = told(jumped, reference, value="total", usual="usual")
    return Breach("jump", "beneficiaries", jumped["first"].to_numpy(), said)


def _usual(history: pd.DataFrame) -> pd.DataFrame:
    """area_code, scheme, usual (median), deviation (median absolute), periods."""
    key = ["area_code", "scheme"]
    history = history.astype(dict.fromkeys(key, "str"))
    median = history.groupby(key)["beneficiaries"].transform("median")
    return (
        history.assign(apart=(history["beneficiaries"] - median).abs())
        .groupby(key, as_index=False)
        .agg(usual=("beneficiaries", "median"), deviation=("apart", "median"), periods=("apart", "size"))
    )
