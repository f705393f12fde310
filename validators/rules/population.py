"""Beneficiaries against the persons who live in the area, and those who may be in the scheme."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from validators.contracts.contract import TOTAL
from validators.reference import Reference
from validators.rules.cross_field_rules import Breach
from validators.rules.returns import Returns, message_params

CELL = ["area_code", "sex", "age_group"]


def population_breaches(
    good: pd.DataFrame, returns: Returns, population: pd.DataFrame, reference: Reference
) -> Iterator[Breach]:
    """Lines above the persons of their sex and age, and returns above the persons eligible for their scheme.

    `population`: year, area_code, sex, age_group, population. The year is the latest not after the
    period, or else the earliest there is. Sexes X and U have no denominator.
    """
    living = _of_the_year(returns, population)
    yield _lines(good, living, reference)
    yield _returns(returns, living, reference)


def _of_the_year(returns: Returns, population: pd.DataFrame) -> pd.DataFrame:
    """The population of the year that the file's latest period stands on."""
    year = int(returns.frame["period"].max()[:4])
    years = population["year"].astype(int)
    past = years[years <= year]
    living = population[years == (past.max() if len(past) else years.min())]
    return living.astype({"area_code": "str", "sex": "str", "age_group": "str"})


def _lines(good: pd.DataFrame, living: pd.DataFrame, reference: Reference) -> Breach:
    """The persons of each line's area, sex and age are looked up in a block with an edge for each."""
    edges = [good[name].array.categories for name in CELL]
    block = np.full([len(edge) + 1 for edge in edges], np.nan)
    for cells in (living, living.assign(age_group=TOTAL).groupby(CELL, as_index=False)["population"].sum()):
        corner = [edge.get_indexer(cells[name]) for edge, name in zip(edges, CELL, strict=True)]
        block[tuple(corner)] = cells["population"]
    block[-1], block[:, -1], block[:, :, -1] = np.nan, np.nan, np.nan
    persons = block[tuple(good[name].array.codes for name in CELL)]
    counted = good["beneficiaries"].to_numpy(dtype=np.float64, na_value=0)
    places = np.flatnonzero(counted > persons)
    params_of_all = [
        {"value": int(counted[place]), "population": int(persons[place]), "area": reference.name(area)}
        for place, area in zip(places, good["area_code"].array[places], strict=True)
    ]
    return Breach("above_population", "beneficiaries", places, params_of_all)


def _returns(returns: Returns, living: pd.DataFrame, reference: Reference) -> Breach:
    country = reference.country
    eligible = []
    for scheme in country.schemes:
        eligible_cells = living[living["age_group"].isin([*country.ages(scheme.eligible.age_groups), TOTAL])]
        if scheme.eligible.sexes:
            eligible_cells = eligible_cells[eligible_cells["sex"].isin(scheme.eligible.sexes)]
        persons = eligible_cells.groupby("area_code", as_index=False)["population"].sum()
        eligible.append(persons.assign(scheme=scheme.id))
    met = returns.frame.merge(pd.concat(eligible), on=["area_code", "scheme"])
    above = met[met["total"] > met["population"]]
    names = {scheme.id: dict(scheme.names) for scheme in country.schemes}
    params_of_all = [
        {**params, "scheme": names[scheme]}
        for params, scheme in zip(
            message_params(above, reference, value="total", population="population"),
            above["scheme"],
            strict=True,
        )
    ]
    return Breach("above_eligible", "beneficiaries", above["first"].to_numpy(), params_of_all)
