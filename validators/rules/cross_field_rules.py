"""Rules between the values of a row: does this area, in this period, report this scheme?

They are checked once per return (period × area × scheme), whatever the number of its lines. A value that
breaks a rule by itself is passed over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from countries.period import Period
from validators.contracts.contract import Contract
from validators.dates import parsed
from validators.messages import FORMS, words
from validators.reference import Reference

Fault = tuple[str, str, dict[str, Any]]
"""(rule, column, parameters of its message)"""


@dataclass(frozen=True)
class Breach:
    """`places`: the rows of the examined frame that break the rule. `params`: of the message of each of
    them.
    """

    rule: str
    column: str | None
    places: np.ndarray
    params: list[dict[str, Any]]


def cross_field_breaches(contract: Contract, returns: pd.DataFrame, reference: Reference) -> list[Breach]:
    """`returns`: the distinct combinations of the dating column, `area_code` and `scheme`, as texts."""
    faults = _Faults(contract, reference)
    breaches: dict[tuple[str, str], tuple[list[int], list[dict[str, Any]]]] = {}
    for place, (period, area, scheme) in enumerate(_keys(contract, returns)):
        for rule, column, params in faults.of(period, area, scheme):
            places, params_of_all = breaches.setdefault((rule, column), ([], []))
            places.append(place)
            params_of_all.append(params)
    return [Breach(*key, np.array(places), params) for key, (places, params) in breaches.items()]


def _keys(contract: Contract, returns: pd.DataFrame) -> Iterator[tuple[str, str, str]]:
    """(period, area, scheme); an empty text for a missing value, or a column the dataset does not have."""
    names = (contract.period.name if contract.period else "", "area_code", "scheme")
    columns = [
        returns[name].fillna("").tolist() if name in returns else [""] * len(returns) for name in names
    ]
    return zip(*columns, strict=True)


class _Faults:
    """The faults of a return. Each pair of its values is looked at once."""

    def __init__(self, contract: Contract, reference: Reference) -> None:
        self.contract, self.reference = contract, reference
        self.dating = contract.period
        self.country = country = reference.country
        self.schemes = {scheme.id: scheme for scheme in country.schemes}
        self.layers = [dict(layer.names) for layer in country.layers]
        flash = country.calendar.flash_reports
        self.lowest = country.depth(flash.layer) if flash and contract.area_layer == "flash" else None
        self.depth_of_scheme = {scheme.id: country.depth(scheme.layer) for scheme in country.schemes}
        self.of_scheme, self.of_area = cache(self._scheme), cache(self._area)

    def of(self, period: str, area: str, scheme: str) -> Iterator[Fault]:
        yield from self.of_scheme(scheme, period)
        yield from self.of_area(area, period)
        depth = self.reference.depth_of.get(area)
        if depth is None:
            return
        if self.contract.area_layer == "scheme" and self.depth_of_scheme.get(scheme, depth) != depth:
            above = self.country.layers[depth].id in self.schemes[scheme].place_not_known
            rule = "place_not_known" if above else "wrong_layer"
            yield self._layer(rule, area, depth, self.depth_of_scheme[scheme], scheme)
        if self.lowest is not None and depth > self.lowest:
            yield self._layer("too_low_layer", area, depth, self.lowest, "")

    def _scheme(self, scheme_id: str, key: str) -> list[Fault]:
        """The period is of the scheme's frequency, and the scheme runs in it."""
        scheme, period = self.schemes.get(scheme_id), parsed(key)
        if scheme is None or period is None or self.dating is None or period.kind not in self.dating.kinds:
            return []
        params: dict[str, Any] = {"scheme": dict(scheme.names), "period": key}
        if self.dating.of_scheme and period.kind != scheme.frequency:
            params["expected"] = words()["monthly" if scheme.frequency == "M" else "yearly"]
            params["given"] = words()["a_month" if period.kind == "M" else "a_year"]
            return [("wrong_kind", self.dating.name, params | {"example": FORMS[scheme.frequency]})]
        if scheme.starts and period.ends_on < scheme.starts:
            return [("scheme_not_started", "scheme", params | {"date": scheme.starts.isoformat()})]
        if scheme.ends and period.starts_on > scheme.ends:
            return [("scheme_ended", "scheme", params | {"date": scheme.ends.isoformat()})]
        return []

    def _area(self, code: str, key: str) -> list[Fault]:
        """The area exists on the last day of the period, so that of an area and those that take its place one reports;
        a population may speak of either.
        """
        period, stretches = parsed(key), self.reference.stretches.get(code, [])
        meets = _meet if self.contract.dataset == "population" else _exists_at_the_end
        if period is None or any(meets(period, *stretch) for stretch in stretches):
            return []
        params: dict[str, Any] = {"area": self.reference.name(code), "period": key}
        for first_day, gone_on in stretches[-1:]:
            if first_day and first_day > period.ends_on:
                return [("area_not_yet", "area_code", params | {"date": first_day.isoformat()})]
            successors = self.reference.successors(code)
            if successors:
                params["candidates"] = [self.reference.name(area) for area in successors]
            return [("area_closed", "area_code", params | {"date": str(gone_on)})]
        return []

    def _layer(self, rule: str, area: str, given: int, expected: int, scheme: str) -> Fault:
        params = {
            "area": self.reference.name(area),
            "given": self.layers[given],
            "expected": self.layers[expected],
            "what": dict(self.schemes[scheme].names) if scheme else "",
        }
        return rule, "area_code", params


def _meet(period: Period, first_day: Any, gone_on: Any) -> bool:
    """An area is there from its first day until the day on which it is gone."""
    return (first_day is None or first_day <= period.ends_on) and (
        gone_on is None or gone_on > period.starts_on
    )


def _exists_at_the_end(period: Period, first_day: Any, gone_on: Any) -> bool:
    return (first_day is None or first_day <= period.ends_on) and (
        gone_on is None or gone_on > period.ends_on
    )
