"""Beneficiaries against the persons who live in the area, and those who may be in the scheme."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from validators.contracts.contract import TOTAL
from validators.messages import limits, severity
from validators.reference import Reference
from validators.rules.cross_field_rules import Breach
from validators.rules.returns import Returns, message_params

CELL = ["area_code", "sex", "age_group"]


def population_breaches(
    good: pd.DataFrame,
    returns: Returns,
    population: pd.DataFrame,
    years: Mapping[str, int],
    reference: Reference,
) -> Iterator[Breach]:
    """Lines above the persons of their sex and age, and returns above the persons eligible for their scheme; those
    that are several times as many, and so cannot be, break a rule of their own.

    `population`: year, area_code, sex, age_group, population. `years`: for each period the year whose population
    stands for it, as the warehouse says (core.population_year); a period without one is not checked. Sexes X and U
    have no denominator.
    """
    living = population.astype({"year": "int", "area_code": "str", "sex": "str", "age_group": "str"})
    for breach in (_lines(good, living, years, reference), _returns(returns, living, years, reference)):
        yield from _divided(breach, reference)


BEYOND = {"above_population": "beyond_population", "above_eligible": "beyond_eligible"}


def _divided(breach: Breach, reference: Reference) -> Iterator[Breach]:
    """What is merely above the population; and what is so far above that it cannot be, if the country asks for it."""
    if severity(BEYOND[breach.rule], reference.country) == "off":
        yield breach
        return
    limit = limits(BEYOND[breach.rule], reference.country)
    beyond = np.array(
        [
            params["value"] > limit["times"] * params["population"] and params["value"] >= limit["least"]
            for params in breach.params
        ],
        dtype=bool,
    )
    for rule, which in ((breach.rule, ~beyond), (BEYOND[breach.rule], beyond)):
        params = [breach.params[place] for place in np.flatnonzero(which)]
        yield Breach(rule, breach.column, breach.places[which], params)


def _lines(
    good: pd.DataFrame, living: pd.DataFrame, years: Mapping[str, int], reference: Reference
) -> Breach:
    """The persons of each line's year, area, sex and age are looked up in a block with an edge for each."""
    edges = [pd.Index(sorted(set(years.values()))), *(good[name].array.categories for name in CELL)]
    block = np.full(
        [len(edge) + 1 for edge in edges], np.nan
    )  # the last place of an edge is of what is not known
    cell = ["year", *CELL]
    for cells in (living, living.assign(age_group=TOTAL).groupby(cell, as_index=False)["population"].sum()):
        corner = [edge.get_indexer(cells[name]) for edge, name in zip(edges, cell, strict=True)]
        block[tuple(corner)] = cells["population"]
    block[-1], block[:, -1], block[:, :, -1], block[:, :, :, -1] = np.nan, np.nan, np.nan, np.nan
    period = good["period"].astype("category").array
    year = edges[0].get_indexer(pd.Index([years.get(str(key), -1) for key in period.categories]))
    persons = block[year[period.codes], *(good[name].array.codes for name in CELL)]
    of_persons = {scheme.id for scheme in reference.country.schemes if scheme.unit == "persons"}
    persons[~good["scheme"].isin(of_persons).to_numpy()] = np.nan
    counted = good["beneficiaries"].to_numpy(dtype=np.float64, na_value=0)
    places = np.flatnonzero(counted > persons)
    params_of_all = [
        {"value": int(counted[place]), "population": int(persons[place]), "area": reference.name(area)}
        for place, area in zip(places, good["area_code"].array[places], strict=True)
    ]
    return Breach("above_population", "beneficiaries", places, params_of_all)


def _returns(
    returns: Returns, living: pd.DataFrame, years: Mapping[str, int], reference: Reference
) -> Breach:
    country = reference.country
    of_file = set(returns.frame["scheme"])
    eligible = []
    for scheme in country.schemes:
        if scheme.unit != "persons" or scheme.id not in of_file:
            continue
        eligible_cells = living[living["age_group"].isin([*country.ages(scheme.eligible.age_groups), TOTAL])]
        if scheme.eligible.sexes:
            eligible_cells = eligible_cells[eligible_cells["sex"].isin(scheme.eligible.sexes)]
        persons = eligible_cells.groupby(["year", "area_code"], as_index=False)["population"].sum()
        eligible.append(persons.assign(scheme=scheme.id))
    if not eligible:
        return Breach("above_eligible", "beneficiaries", np.empty(0, dtype=np.int64), [])
    dated = returns.frame.assign(year=[years.get(period, -1) for period in returns.frame["period"]])
    met = dated.merge(pd.concat(eligible), on=["year", "area_code", "scheme"])
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
