"""Published totals against what is compiled for the same area, scheme and period."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from validators.contracts.contract import TOTAL, contract
from validators.reference import Reference
from validators.rules.cross_field_rules import Breach

KEY = ["period", "area_code", "scheme", "sex"]
NEAR = 0.005
"""Amounts that differ by less are the same."""


def control_breaches(good: pd.DataFrame, compiled: pd.DataFrame, reference: Reference) -> Iterator[Breach]:
    """The published totals, by their place among the good rows, that differ from what is compiled, or that nothing can
    be compared with. `compiled`: one row a key and sex, of what stands.
    """
    measures = [column.name for column in contract("control_totals").typed("count", "money")]
    texts = compiled[KEY].astype("str").join(compiled[measures].astype("float64"))
    texts = texts.groupby(KEY, as_index=False)[measures].sum(min_count=1)
    of_all = texts.groupby(KEY[:-1], as_index=False)[measures].sum(min_count=1).assign(sex=TOTAL)
    met = good[KEY].astype("str").merge(pd.concat([texts, of_all]), how="left", on=KEY)
    schemes = {scheme.id: dict(scheme.names) for scheme in reference.country.schemes}
    for measure in measures:
        published = good[measure].to_numpy(dtype=np.float64, na_value=np.nan)
        apart = published - met[measure].to_numpy()
        for rule, broken in (
            ("control_differs", np.abs(apart) > NEAR),
            ("control_alone", ~np.isnan(published) & np.isnan(apart)),
        ):
            places = np.flatnonzero(broken)
            params = [
                {
                    "area": reference.name(met["area_code"].iloc[place]),
                    "scheme": schemes[met["scheme"].iloc[place]],
                    "value": float(published[place]),
                    "compiled": round(float(met[measure].iloc[place]), 2),
                    "rest": round(float(apart[place]), 2),
                }
                for place in places
            ]
            yield Breach(rule, measure, places, params)
