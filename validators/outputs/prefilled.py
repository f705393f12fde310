"""The lines that an area will have to fill in: what a template can write before anybody has counted."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import product

import pandas as pd

from countries.declarations.schemes import Scheme
from countries.model import Country
from validators.contracts.contract import TOTAL, Contract
from validators.dates import parsed

Line = dict[str, str]
"""Column → text; the columns that are to be filled in are left out."""


def prefilled(
    contract: Contract,
    country: Country,
    areas: pd.DataFrame,
    area_code: str,
    period: str,
    schemes: Collection[str] | None = None,
) -> Iterator[Line]:
    """The lines for an area, in the order in which they are filled in. None where they cannot be known.

    `schemes`: of returns of schemes, only those of these.
    """
    own = {contract.period.name: period} if contract.period and period else {}
    areas = _existing(areas, period)
    if contract.dataset == "scheme_returns":
        for scheme in _reported_in(country, period):
            if schemes is not None and scheme.id not in schemes:
                continue
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
    codes, layers, parents = (areas[name].tolist() for name in ("code", "layer", "parent_code"))
    of_layer = {code for code, its_layer in zip(codes, layers, strict=True) if its_layer == layer}
    children: dict[str, set[str]] = defaultdict(set)
    for code, parent in zip(codes, parents, strict=True):
        children[parent].add(code)
    found: list[str] = []
    level = {area_code}
    while level:
        found += sorted(level & of_layer)
        level = set().union(*(children[code] for code in level if code in children))
    return found


def areas_of_persons_not_placed(
    contract: Contract, country: Country, areas: pd.DataFrame, area_code: str
) -> list[str]:
    """The areas, at or below one, that may report persons who cannot be placed in an area further below."""
    if contract.dataset != "scheme_returns":
        return []
    layers = {layer for scheme in country.schemes for layer in scheme.place_not_known}
    codes = [code for layer in layers for code in below(areas, area_code, layer)]
    return sorted(codes, key=lambda code: (len(code), code))


def _children(areas: pd.DataFrame, area_code: str) -> list[str]:
    return sorted(set(areas.loc[areas["parent_code"] == area_code, "code"]))


def _existing(areas: pd.DataFrame, key: str) -> pd.DataFrame:
    """The areas that exist on some day of a period; all where none is named."""
    if (period := parsed(key)) is None or "valid_from" not in areas:
        return areas
    begun = areas["valid_from"].isna() | (areas["valid_from"] <= period.ends_on)
    return areas[begun & (areas["valid_to"].isna() | (areas["valid_to"] > period.starts_on))]


def _reported_in(country: Country, key: str) -> list[Scheme]:
    """The schemes that run and report in a period; all where none is named."""
    if (period := parsed(key)) is None:
        return list(country.schemes)
    return [
        scheme
        for scheme in country.schemes
        if scheme.frequency == period.kind
        and (scheme.starts is None or scheme.starts <= period.ends_on)
        and (scheme.ends is None or scheme.ends >= period.starts_on)
    ]


def _parts(scheme: Scheme, country: Country) -> Iterator[Line]:
    """The sexes and age groups that the scheme is meant for."""
    ages = country.ages(scheme.eligible.age_groups) if scheme.by_age else ()
    for sex, age in product(
        scheme.eligible.sexes or (("F", "M") if scheme.unit == "persons" else ("U",)), ages or (TOTAL,)
    ):
        yield {"sex": sex, "age_group": age}
