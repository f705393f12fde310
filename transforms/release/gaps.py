"""Women compared with men in a release, from nothing but what it shows of each, so that no more can be worked out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from countries.country import Country
from countries.declarations.indicators import Gap

_HUNDREDTHS = (
    100  # bounds of a ratio are shown in them, outwards; those of points are whole as those of rates are
)


def gap_figures(figures: pd.DataFrame, country: Country, layers: pd.Series) -> pd.DataFrame:
    """One row a gap and area of each table that tells sexes apart, in the columns of `figures`. `layers`: area → layer.

    The value stands where both rates do; else the bounds, from the fewest women against the most men and the reverse;
    it is held back where a rate is.
    """
    by_age = figures["age_group"] != "_T"
    made = []
    for indicator in country.indicators:
        if indicator.gap is not None:
            of = country.indicator(indicator.gap.of)
            rates = figures[(figures["indicator"] == of.id) & ~by_age]
            if indicator.levels:
                rates = rates[rates["area"].map(layers).isin(indicator.levels)]
            divided = of.divisor is not None
            made.append(_compared(rates, indicator.gap, divided).assign(indicator=indicator.id))
    return pd.concat([figures.iloc[:0], *made], ignore_index=True)


def _compared(rates: pd.DataFrame, gap: Gap, divided: bool) -> pd.DataFrame:
    """`divided`: whether the rates have divisors, each of which can be held back by itself."""
    place = ["table", "period", "area", "age_group", "scheme"]
    women, men = (rates[rates["sex"] == sex] for sex in "FM")
    both = women.merge(men, on=place, suffixes=("_f", "_m"))
    low_f, high_f, low_m, high_m = (
        both[f"value_{sex}"].fillna(both[f"{bound}_bound_{sex}"]).astype("Float64")
        for sex in "fm"
        for bound in ("lower", "upper")
    )
    if gap.shown_in == "points":
        low, high = low_f - high_m, high_f - low_m
    else:
        low, high = low_f / high_m.mask(high_m == 0), high_f / low_m.mask(low_m == 0)
    exact = both["value_f"].notna() & both["value_m"].notna() & low.notna()
    if gap.shown_in == "ratio":
        low = low.where(exact, _outwards(low, np.floor))
        high = high.where(exact, _outwards(high, np.ceil))
    status_f, status_m = both["status_f"], both["status_m"]
    hidden = _hidden(both, "f", divided) | _hidden(both, "m", divided)
    known = low.notna() & high.notna()
    status = np.select(
        [exact & ((status_f == "R") | (status_m == "R")), exact, hidden, known], ["R", "A", "Q", "U"], "L"
    )
    bounded = status == "U"
    return both[place].assign(
        sex="_T",
        value=low.where(exact),
        lower_bound=low.where(bounded),
        upper_bound=high.where(bounded),
        completeness=both[["completeness_f", "completeness_m"]].min(axis=1),
        status=status,
    )


def _hidden(both: pd.DataFrame, sex: str, divided: bool) -> pd.Series:
    """Whether a rate that is known is held back: its count, or its divisor."""
    status, value = both[f"status_{sex}"], both[f"value_{sex}"]
    return (status == "Q") | (status.isin(["A", "R"]) & value.isna() & divided)


def _outwards(bound: pd.Series, towards: np.ufunc) -> pd.Series:
    hundredths = (bound.astype(float) * _HUNDREDTHS).round(9)
    return pd.Series(towards(hundredths) / _HUNDREDTHS, bound.index, dtype="Float64")
