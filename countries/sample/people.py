"""The people of a country by area, and who of them a scheme is for."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from countries.declarations.schemes import Scheme
from countries.model import Country

SEXES = ("F", "M")
ALL_AGES = "_T"
PERSONS_WHERE_UNKNOWN = 200
"""Of each sex in each of the lowest areas, for a country that declares no population."""


@dataclass(frozen=True)
class People:
    """Persons by area, sex and age group, in arrays by layer that all have one order of areas."""

    ages: tuple[str, ...]
    codes: dict[str, np.ndarray]
    tops: dict[str, np.ndarray]
    """The area right below the root that an area lies in; the root's own code for the root."""
    persons: dict[str, np.ndarray]
    """Areas × sexes × age groups."""

    @classmethod
    def of(cls, country: Country, areas: pd.DataFrame, population: pd.DataFrame | None) -> "People":
        """Persons of every layer, added up from below: of the country's population, or assumed where it gives none."""
        given = population is not None and len(population) > 0
        ages = country.ages(()) if given else (ALL_AGES,)
        areas = areas.sort_values("code").set_index("code")
        persons = _by_area(areas, population, ages) if given else _assumed(areas)
        people = cls(ages, {}, {}, {})
        for layer in reversed(country.layers):
            inside = areas[areas["layer"] == layer.id]
            people.codes[layer.id] = inside.index.to_numpy()
            people.persons[layer.id] = persons[areas.index.get_indexer(inside.index)]
            positions = areas.index.get_indexer(pd.Index(inside["parent_code"].fillna("")))
            np.add.at(persons, positions[positions >= 0], people.persons[layer.id][positions >= 0])
        tops: dict[str, str] = {}
        for depth, layer in enumerate(country.layers):
            parents = areas.loc[people.codes[layer.id], "parent_code"]
            own = {code: code if depth < 2 else tops[parent] for code, parent in parents.items()}
            tops |= own
            people.tops[layer.id] = np.array(list(own.values()), dtype=object)
        return people

    def eligible(self, scheme: Scheme) -> np.ndarray:
        """Areas of the scheme's layer × sexes × age groups; nobody where the scheme is not for them."""
        sexes = np.array([not scheme.eligible.sexes or sex in scheme.eligible.sexes for sex in SEXES])
        named = scheme.eligible.age_groups
        ages = np.array([age == ALL_AGES or not named or age in named for age in self.ages])
        return self.persons[scheme.layer] * (sexes[:, None] & ages)


def _by_area(areas: pd.DataFrame, population: pd.DataFrame | None, ages: tuple[str, ...]) -> np.ndarray:
    assert population is not None
    latest = population[population["year"] == population["year"].max()]
    persons = np.zeros((len(areas), len(SEXES), len(ages)), np.int64)
    area = areas.index.get_indexer(latest["area_code"])
    sex = pd.Index(SEXES).get_indexer(latest["sex"])
    age = pd.Index(ages).get_indexer(latest["age_group"])
    counts = (area >= 0) & (sex >= 0) & (age >= 0)
    np.add.at(persons, (area[counts], sex[counts], age[counts]), latest["population"].to_numpy()[counts])
    return persons


def _assumed(areas: pd.DataFrame) -> np.ndarray:
    leaf = ~areas.index.isin(areas["parent_code"])
    return np.where(leaf[:, None, None], PERSONS_WHERE_UNKNOWN, 0) * np.ones((1, len(SEXES), 1), np.int64)
