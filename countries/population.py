"""How many people live where, by sex and age: a table the country has, or an estimate.

    structure of the nation → shares of one layer → equal parts for the lowest areas

An estimate is in whole persons all the way down, so that every layer sums exactly to the one above.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from countries import tables
from countries.declarations.layers import AgeGroup
from countries.declarations.sources import AgeStructure, PopulationSource, Shares
from countries.errors import CountryError, Fault
from countries.gazetteer import Gazetteer, areas
from countries.model import Country

COLUMNS = ["year", "area_code", "sex", "age_group", "population", "status", "source"]
"""The columns of the `population` dataset; `status` is of SDMX's list: A counted … E estimated."""

SEXES = ("F", "M")


def population(country: Country, gazetteer: Gazetteer | None = None) -> pd.DataFrame:
    """Persons by year, area, sex and age group, in `COLUMNS`; no rows where the country declares none.

    An estimate gives the areas that have none below them. Those above are their sums.
    Raises `CountryError` where a table is missing, or its areas are not the country's.
    """
    source = country.population
    if source is None or not source.made:
        return pd.DataFrame(columns=COLUMNS)
    if source.table:
        counted = tables.read(source.table, country.folder, COLUMNS)[COLUMNS]
        whole = tables.numbers(counted, ("year", "population"), source.table, country.folder, whole=True)
        return counted.assign(**whole).reset_index(drop=True)
    return _estimate(country, source, gazetteer or areas(country))


def faults(country: Country) -> list[Fault]:
    """What makes the population unusable, a fault each; empty where it is sound or none is declared."""
    try:
        population(country)
    except CountryError as error:
        return error.faults
    return []


def _estimate(country: Country, source: PopulationSource, gazetteer: Gazetteer) -> pd.DataFrame:
    assert source.structure is not None  # the model asks for it where there is no table
    structure = _structure(source.structure, country)
    leaves, group, weights = _leaves(gazetteer.areas, source.shares, country)
    cells = [SEXES, [age.id for age in country.age_groups]]
    years = []
    for year in source.years:
        nation = _of_year(structure, year, source.structure, country)
        persons = _downwards(nation, group, weights)
        rows = pd.MultiIndex.from_product([[year], leaves, *cells], names=COLUMNS[:4])
        years.append(pd.DataFrame({"population": persons.ravel()}, index=rows).reset_index())
    return pd.concat(years, ignore_index=True).assign(status="E", source=source.source)


def share_out(total: int, weights: np.ndarray, turn: int = 0) -> np.ndarray:
    """Whole parts of a whole, by the method of the largest remainder; ties begin at position `turn`."""
    exact = total * weights / weights.sum()
    parts = np.floor(exact).astype(np.int64)
    order = np.lexsort(((np.arange(len(weights)) - turn) % len(weights), -np.round(exact - parts, 9)))
    parts[order[: total - parts.sum()]] += 1
    return parts


def _structure(source: AgeStructure, country: Country) -> pd.DataFrame:
    """Persons of the nation: one row a year, a column for each sex and age group, not rounded yet."""
    table = tables.read(
        source, country.folder, [source.year, source.sex, source.age, source.persons, *source.where]
    )
    for column, value in source.where.items():
        table = table[table[column] == value]
    table = table[table[source.sex].isin(list(source.sexes))]
    numbers = tables.numbers(table, (source.year, source.age, source.persons), source, country.folder)
    sex = table[source.sex].map(dict(source.sexes))
    by_sex = numbers.groupby([source.year, sex, source.age])[source.persons].sum().unstack(level=1)
    bands = by_sex.reindex(columns=list(SEXES)).unstack(level=-1)
    if bands.empty or bands.isna().to_numpy().any():
        message = (
            "does not give every age band of women and men in every year; look at `where` and `sexes` too"
        )
        raise CountryError(country.folder, [Fault(tables.locate(source, country.folder), 1, message)])
    starts = bands[SEXES[0]].columns.to_numpy()
    split = np.array([list(_split(starts, age)) for age in country.age_groups])
    return pd.DataFrame(np.hstack([bands[sex].to_numpy() @ split.T for sex in SEXES]), index=bands.index)


def _split(starts: np.ndarray, age: AgeGroup) -> Iterator[float]:
    """The part of each age band that lies in an age group; all single years of a band weigh the same."""
    end = np.inf if age.high is None else age.high + 1
    for start, after in zip(starts, [*starts[1:], np.inf], strict=True):
        if np.isinf(after):
            yield float(np.isinf(end) or end > start)
        else:
            yield max(0.0, min(end, after) - max(age.low, start)) / (after - start)


def _of_year(structure: pd.DataFrame, year: int, source: AgeStructure, country: Country) -> np.ndarray:
    """Whole persons of the nation in a year, in the order of the structure's columns."""
    if not structure.index.min() <= year <= structure.index.max():
        file = tables.locate(source, country.folder)
        message = f"goes from {structure.index.min()} to {structure.index.max()}; {year} is outside"
        raise CountryError(country.folder, [Fault(file, 1, message)])
    exact = np.array([np.interp(year, structure.index, structure[column]) for column in structure.columns])
    return share_out(round(exact.sum()), exact)


def _leaves(
    gazetteer: pd.DataFrame, shares: Shares | None, country: Country
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The areas without areas below, for each the position of its area among the shares, and the shares."""
    leaves = gazetteer.loc[~gazetteer["code"].isin(gazetteer["parent_code"]), "code"].to_numpy()
    if shares is None:
        return leaves, np.zeros(len(leaves), np.int64), np.ones(1)
    table = tables.read(shares, country.folder, [shares.code, shares.persons])
    numbers = tables.numbers(table, [shares.persons], shares, country.folder)
    weights = numbers[shares.persons].set_axis(table[shares.code])
    of_layer = gazetteer.loc[gazetteer["layer"] == shares.layer, "code"]
    if odd := sorted({*weights.index[weights.index.duplicated()], *(set(of_layer) ^ set(weights.index))}):
        message = f"does not have each area of layer {shares.layer} once; look at {', '.join(odd)}"
        raise CountryError(country.folder, [Fault(tables.locate(shares, country.folder), 1, message)])
    parents = dict(zip(gazetteer["code"], gazetteer["parent_code"], strict=True))
    sharing = set(of_layer)
    above = [_ancestor(code, parents, sharing) for code in leaves]
    return leaves, weights.index.get_indexer(pd.Index(above)), weights.to_numpy()


def _ancestor(code: str, parents: dict[str, str], among: set[str]) -> str:
    while code not in among:
        code = parents[code]
    return code


def _downwards(nation: np.ndarray, group: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Persons by leaf (rows) and cell (columns). Odd persons go round, so that no leaf gets them all."""
    shared = np.array([share_out(persons, weights) for persons in nation])
    persons = np.empty((len(group), len(nation)), np.int64)
    for number in range(len(weights)):
        members = np.flatnonzero(group == number)
        turn = 0
        for cell, total in enumerate(shared[:, number]):
            persons[members, cell] = share_out(total, np.ones(len(members)), turn)
            turn += total % len(members)
    return persons
