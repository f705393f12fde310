"""Lines by population group: they break down the lines without a group, and are never added to them."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from countries.model import Country
from validators.categories import groups
from validators.contracts.contract import Contract
from validators.rules.cross_field_rules import Breach
from validators.rules.distinct_values import numbers


def group_breaches(contract: Contract, frame: pd.DataFrame, country: Country) -> Iterator[Breach]:
    """Lines of a group whose return counts nobody without a group, and dimensions that come to more persons than
    those lines. Both look at each sex of a return by itself. `places` are rows of `frame`.
    """
    if "group" not in contract.names or not len(frame["group"].array.categories):
        return
    of_group = frame["group"].array.codes >= 0
    part, first = groups([frame[name].array for name in (*contract.return_key, "sex")])
    everybody = np.bincount(part, weights=~of_group, minlength=len(first)) > 0
    alone = np.flatnonzero(of_group & ~everybody[part])
    yield Breach("group_without_total", "group", alone, [{}] * len(alone))
    persons = _persons(contract, frame)
    totals = np.bincount(part, weights=np.where(of_group, 0, persons), minlength=len(first))
    for dimension in country.group_dimensions:
        codes = [group.id for group in country.groups if group.dimension == dimension.id]
        within = np.asarray(frame["group"].isin(codes))
        sums = np.bincount(part, weights=np.where(within, persons, 0), minlength=len(first))
        above = np.flatnonzero(everybody & (sums > totals))
        places = [int(np.flatnonzero(within & (part == number))[0]) for number in above]
        params = [
            {"dimension": dict(dimension.names), "value": int(sums[number]), "total": int(totals[number])}
            for number in above
        ]
        yield Breach("groups_above_total", contract.counted, np.array(places, dtype=np.int64), params)


def _persons(contract: Contract, frame: pd.DataFrame) -> np.ndarray:
    """What each line counts; 0 where that is no number."""
    assert contract.counted is not None  # a dataset by group counts persons
    column = frame[contract.counted].array
    values = numbers(contract.column(contract.counted), pd.Series(column.categories, dtype="str")).to_numpy()
    return np.nan_to_num(np.append(values, np.nan)[column.codes])
