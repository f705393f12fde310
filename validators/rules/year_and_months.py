"""Grants of a year beside grants of its months: for the year both would count."""

import numpy as np
import pandas as pd

from validators.contracts.contract import Contract
from validators.reference import Reference
from validators.rules.above_and_below import sent_by
from validators.rules.cross_field_rules import Breach
from validators.rules.replacements import Standing
from validators.rules.returns import Returns

YEAR = 4
"""Characters of a year."""


def year_and_months_breach(
    own: Returns, contract: Contract, standing: Standing, reference: Reference
) -> Breach:
    """One problem for each area, scheme and year of which both are granted, at the file's first row of it."""
    rule = "year_and_months"
    if standing.in_the_year is None:
        return Breach(rule, None, np.empty(0, dtype=np.int64), [])
    key = list(own.key)
    stands = standing.in_the_year.astype(dict.fromkeys(key, "str"))
    of_file = pd.MultiIndex.from_frame(own.frame[key])
    stands = stands[~pd.MultiIndex.from_frame(stands[key]).isin(of_file)]
    grants = pd.concat([own.frame.assign(sender=None, day=None), stands], ignore_index=True)
    grants = grants.assign(year=grants["period"].str[:YEAR], yearly=grants["period"].str.len() == YEAR)
    names = {scheme.id: dict(scheme.names) for scheme in reference.country.schemes}
    places, params = [], []
    for (area, scheme, year), granted in grants.groupby(["area_code", "scheme", "year"], sort=False):
        if granted["first"].notna().any() and granted["yearly"].nunique() > 1:
            of_others = granted[granted["first"].isna()]
            other = of_others.iloc[-1] if len(of_others) else None
            places.append(granted["first"].min())
            params.append(
                {
                    "area": reference.name(str(area)),
                    "scheme": names[str(scheme)],
                    "period": year,
                    "value": granted.loc[granted["yearly"], "total"].sum(),
                    "parts": granted.loc[~granted["yearly"], "total"].sum(),
                    "count": int((~granted["yearly"]).sum()),
                    "whence": sent_by(None, None)
                    if other is None
                    else sent_by(other["sender"], other["day"]),
                }
            )
    return Breach(rule, contract.counted, np.array(places, dtype=np.int64), params)
