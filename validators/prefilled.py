"""The lines that an area will have to fill in: what a template can write before anybody has counted."""

from collections.abc import Iterator
from itertools import product

import pandas as pd

from countries.model import Country, Scheme
from validators.contract import TOTAL, Contract

Line = dict[str, str]
"""Column → text; the columns that are to be filled in are left out."""


def prefilled(
    contract: Contract, country: Country, areas: pd.DataFrame, area_code: str, period: str
) -> Iterator[Line]:
    """The lines for an area, in the order in which they are filled in. None where they cannot be known."""
    own = {contract.period.name: period} if contract.period and period else {}
    if contract.dataset == "scheme_returns":
        for scheme in _reported_in(country, period):
            for code in below(areas, area_code, scheme.layer):
                for part in _parts(scheme, country):
                    yield own | {"area_code": code, "scheme": scheme.id} | part
    elif contract.dataset == "flash_reports" and country.calendar.flash_reports:
        lowest = country.depth(country.calendar.flash_reports.layer)
        layer_of = dict(zip(areas["code"], areas["layer"], strict=True))
        for code in (area_code, *_children(areas, area_code)):
            if country.depth(layer_of[code]) <= lowest:
                yield own | {"area_code": code}
    elif contract.dataset == "population":
        ages = [group.id for group in country.age_groups] or [TOTAL]
        for code, sex, age in product(_children(areas, area_code) or [area_code], "FM", ages):
            yield own | {"area_code": code, "sex": sex, "age_group": age}
    elif contract.dataset == "allocations":
        for code, scheme in product(_children(areas, area_code) or [area_code], country.schemes):
            yield own | {"area_code": code, "scheme": scheme.id}


def below(areas: pd.DataFrame, area_code: str, layer: str) -> list[str]:
    """The areas of a layer at or below an area, in the order of their codes."""
    found, here = [], {area_code}
    while here:
        rows = areas[areas["code"].isin(here)]
        found += sorted(set(rows.loc[rows["layer"] == layer, "code"]))
        here = set(areas.loc[areas["parent_code"].isin(here), "code"])
    return found


def _children(areas: pd.DataFrame, area_code: str) -> list[str]:
    return sorted(set(areas.loc[areas["parent_code"] == area_code, "code"]))


def _reported_in(country: Country, period: str) -> list[Scheme]:
    """The schemes that report in a period of this form; all where none is named."""
    frequency = {4: "Y", 7: "M"}.get(len(period))
    return [scheme for scheme in country.schemes if frequency in (None, scheme.frequency)]


def _parts(scheme: Scheme, country: Country) -> Iterator[Line]:
    """The sexes and age groups that the scheme is meant for."""
    ages = country.ages(scheme.eligible.age_groups) if scheme.by_age else ()
    for sex, age in product(scheme.eligible.sexes or ("F", "M"), ages or (TOTAL,)):
        yield {"sex": sex, "age_group": age}
