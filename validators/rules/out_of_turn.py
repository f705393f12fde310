"""A sheet for a week of which none has stood, after one for a later week: mostly the week is mistyped."""

import numpy as np
import pandas as pd

from validators.reference import Reference
from validators.rules.cross_field_rules import Breach
from validators.rules.returns import Returns


def out_of_turn_breach(returns: Returns, later: pd.DataFrame, column: str, reference: Reference) -> Breach:
    """`later`: the return key, and `later`, the newest period that stands, of returns of whose period none stands."""
    met = returns.joined_with(later)
    params = [
        {"area": reference.name(row["area_code"]), "value": row[column], "later": row["later"]}
        for row in met.to_dict("records")
    ]
    return Breach("out_of_turn", column, met["first"].to_numpy(dtype=np.int64), params)
