"""Lines that may be right and look as if they were not: accepted, with a question."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from countries.model import Country
from validators.categories import groups
from validators.contracts.contract import TOTAL, Contract
from validators.messages import words
from validators.reference import Reference
from validators.rules.cross_field_rules import Breach


def eligibility_breaches(contract: Contract, frame: pd.DataFrame, reference: Reference) -> Iterator[Breach]:
    """`places` of the breaches are rows of `frame`."""
    yield from _fractions(contract, frame)
    if {"indicator", "value"} <= set(contract.names):
        yield from _shares_above_one(frame, reference.country)
    if {"scheme", "sex", "age_group", "beneficiaries"} <= set(contract.names):
        yield from _outside_eligible(frame, reference.country)


def _fractions(contract: Contract, frame: pd.DataFrame) -> Iterator[Breach]:
    """A cell formatted as percent holds 0.45 where its sheet shows 45 %."""
    for column in contract.typed("percent"):
        values = frame[column.name].array
        numbers = pd.to_numeric(pd.Series(values.categories), errors="coerce")
        doubtful = np.flatnonzero((numbers > 0) & (numbers < 1))
        places = np.flatnonzero(np.isin(values.codes, doubtful))
        if len(places):
            percent_of = {code: {"candidates": f"{numbers[code] * 100:g}"} for code in doubtful}
            yield Breach(
                "fraction_percent", column.name, places, [percent_of[code] for code in values.codes[places]]
            )


SHARES = ("percent", "points")
"""How an indicator is shown whose value is a fraction of one."""


def _shares_above_one(frame: pd.DataFrame, country: Country) -> Iterator[Breach]:
    """40 for a share of 40 %, which is written 0.40: a whole population would be covered forty times."""
    titles = {one.id: dict(one.title) for one in country.indicators if one.shown_in in SHARES}
    indicators = frame["indicator"].array
    shares = np.append(pd.Index(indicators.categories).isin(list(titles)), False)[indicators.codes]
    values = frame["value"].array
    numbers = np.append(pd.to_numeric(pd.Series(values.categories), errors="coerce"), np.nan)[values.codes]
    places = np.flatnonzero(shares & (numbers > 1))
    params = [
        {
            "indicator": titles[str(indicators[place])],
            "percent": f"{numbers[place] * 100:g}",
            "candidates": f"{numbers[place] / 100:g}",
        }
        for place in places
    ]
    yield Breach("share_above_one", "value", places, params)


def _outside_eligible(frame: pd.DataFrame, country: Country) -> Iterator[Breach]:
    """Persons of a sex or age for which the scheme is not meant."""
    named = ("scheme", "sex", "age_group")
    kind, first = groups([frame[name].array for name in named])
    schemes = {scheme.id: scheme for scheme in country.schemes}
    ages = {group.id: dict(group.names) for group in country.age_groups} | {TOTAL: dict(words()["all_ages"])}
    outside: dict[int, dict[str, object]] = {}
    for place, (scheme_id, sex, age) in enumerate(frame[list(named)].iloc[first].itertuples(index=False)):
        if scheme_id in schemes and schemes[scheme_id].unit == "persons" and sex in words() and age in ages:
            scheme = schemes[scheme_id]
            wrong_sex = sex in "FMX" and bool(scheme.eligible.sexes) and sex not in scheme.eligible.sexes
            wrong_age = age != TOTAL and age not in country.ages(scheme.eligible.age_groups)
            if wrong_sex or wrong_age:
                outside[place] = {"scheme": dict(scheme.names), "sex": words()[sex], "age_group": ages[age]}
    if not outside:
        return
    values = frame["beneficiaries"].array
    some = ~pd.Index(values.categories).isin(["0"])
    counted = np.append(some, False)[values.codes]
    places = np.flatnonzero(np.isin(kind, list(outside)) & counted)
    if len(places):
        yield Breach("outside_eligible", "beneficiaries", places, [outside[group] for group in kind[places]])
