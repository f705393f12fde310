"""What rows are checked against: the country's areas in time, and today. Needs no database."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from countries.model import Country

NEAREST = 3


@dataclass(frozen=True)
class Surroundings:
    """Where the areas of a file may lie: the layers of those that are known, and the areas above all of them and above
    all that its sender may file. Empty where none is known.
    """

    layers: frozenset[str] = frozenset()
    above: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reference:
    """`areas`: one row an area and stretch of validity, with code, parent_code, layer, valid_from, valid_to (the day
    on which it is gone, or missing), and name_<language>, other_codes where they are known.
    """

    country: Country
    areas: pd.DataFrame
    today: date

    @classmethod
    def of(cls, country: Country, areas: pd.DataFrame, today: date | None = None) -> "Reference":
        """From a gazetteer's areas. `today` is the country's own when left out."""
        return cls(country, areas, today or datetime.now(ZoneInfo(country.timezone)).date())

    @cached_property
    def codes(self) -> frozenset[str]:
        """The code of every area, those that are gone included."""
        return frozenset(self.areas["code"].tolist())

    @cached_property
    def layer_of(self) -> dict[str, str]:
        """Area code → layer id."""
        return dict(zip(self.areas["code"].tolist(), self.areas["layer"].tolist(), strict=True))

    @cached_property
    def parent_of(self) -> dict[str, str | None]:
        """Area code → its parent's; None for the root."""
        parents = self.areas["parent_code"].astype(object)
        return dict(zip(self.areas["code"].tolist(), parents.where(parents.notna(), None), strict=True))

    @cached_property
    def children_of(self) -> dict[str, list[str]]:
        """Area code → those of the areas right below it that are not gone."""
        children: dict[str, list[str]] = {}
        for code, parent in self.parent_of.items():
            if parent and any(gone is None for _, gone in self.stretches[code]):
                children.setdefault(parent, []).append(code)
        return children

    @cached_property
    def stretches(self) -> dict[str, list[tuple[date | None, date | None]]]:
        """Area code → when it existed: (first day, day on which it is gone), None where open, in their
        order.
        """
        stretches: dict[str, list[tuple[date | None, date | None]]] = {}
        columns = (self.areas[name].tolist() for name in ("code", "valid_from", "valid_to"))
        for code, first, gone in zip(*columns, strict=True):
            stretches.setdefault(code, []).append((_day(first), _day(gone)))
        return {code: sorted(days, key=lambda day: day[0] or date.min) for code, days in stretches.items()}

    @cached_property
    def depth_of(self) -> Mapping[str, int]:
        """Area code → 0 for the root and one more for each layer below."""
        depths = {layer.id: depth for depth, layer in enumerate(self.country.layers)}
        return {code: depths[layer] for code, layer in self.layer_of.items()}

    @cached_property
    def _without_zeros(self) -> dict[str, list[str]]:
        bare: dict[str, list[str]] = {}
        for code in self.codes:
            bare.setdefault(code.lstrip("0"), []).append(code)
        return bare

    def zeros_restored(self, code: str) -> list[str]:
        """The areas whose code this would be, had a spreadsheet eaten the zeros at its start."""
        if not code.isdecimal():
            return []
        return sorted(full for full in self._without_zeros.get(code, []) if len(full) > len(code))

    def formerly(self, code: str) -> list[str]:
        """The areas that once had this code."""
        return sorted(self._former.get(code, ()))

    def surroundings(self, codes: Iterable[str], own: str = "") -> Surroundings:
        """Where the areas among the codes lie. `own`: the area of the sender's account; empty where it has none."""
        known = self.codes.intersection(codes)
        parents = {self.parent_of[code] or code for code in known}
        above = [self._above(parent) | {parent} for parent in parents]
        layers = frozenset(self.layer_of[code] for code in known)
        of_all = frozenset.intersection(*map(frozenset, above)) if above else frozenset()
        return Surroundings(layers, of_all | {own} if own else of_all)

    def near(self, code: str, beside: Surroundings) -> list[str]:
        """Areas that once had this code; and of the layers and the part of the country that are beside it, those whose
        code has two neighbours changed over or one character less.

        One changed digit is no hint: villages are numbered through, so every code has nine such neighbours.
        """
        if len(code) > self._longest_code + 1:
            return []
        swapped = (code[:i] + code[i + 1] + code[i] + code[i + 2 :] for i in range(len(code) - 1))
        dropped = (code[:i] + code[i + 1 :] for i in range(len(code)))
        typed = {
            near
            for near in self.codes.intersection((*swapped, *dropped))
            if self.layer_of[near] in (beside.layers or self._layers_like(code))
            and beside.above <= {near, *self._above(near)}
        }
        candidates = typed | self._former.get(code, set())
        return sorted(candidates)[:NEAREST] if len(candidates) <= NEAREST else []

    def _layers_like(self, code: str) -> set[str]:
        """The layers whose codes look like this one; all where none does."""
        layers = self.country.layers
        like = {layer.id for layer in layers if re.fullmatch(layer.code, code)}
        return like or {layer.id for layer in layers}

    def successors(self, code: str) -> list[str]:
        """Areas of the same layer that began on the day on which this one ended, under the nearest area above both."""
        ended = {gone for _, gone in self.stretches.get(code, []) if gone}
        new = self._begun.get((self.layer_of.get(code), max(ended)), []) if ended else []
        above = code
        while new and (above := self.parent_of.get(above) or ""):
            if within := [area for area in new if above in self._above(area)]:
                return sorted(within)
        return []

    def _above(self, code: str) -> set[str]:
        above: set[str] = set()
        while code := self.parent_of.get(code) or "":
            above.add(code)
        return above

    @cached_property
    def _begun(self) -> dict[tuple[str | None, date], list[str]]:
        """(layer, day) → the areas that began on it."""
        begun: dict[tuple[str | None, date], list[str]] = {}
        for code, stretches in self.stretches.items():
            for first, _ in stretches:
                if first is not None:
                    begun.setdefault((self.layer_of.get(code), first), []).append(code)
        return begun

    def name(self, code: str) -> dict[str, str]:
        """The area's name by language, its code behind it."""
        names = {language: of.get(code) for language, of in self._names.items()}
        labels = {lang: f"{name} ({code})" for lang, name in names.items() if isinstance(name, str) and name}
        return labels or {"en": code}

    @cached_property
    def _longest_code(self) -> int:
        return max(map(len, (*self.codes, *self._former)), default=0)

    @cached_property
    def _names(self) -> dict[str, dict[str, Any]]:
        """Language → area code → name."""
        return {
            column.removeprefix("name_"): dict(
                zip(self.areas["code"].tolist(), self.areas[column].tolist(), strict=True)
            )
            for column in self.areas.columns
            if column.startswith("name_")
        }

    @cached_property
    def _former(self) -> dict[str, set[str]]:
        former: dict[str, set[str]] = {}
        if "other_codes" in self.areas:
            for code, others in zip(self.areas["code"], self.areas["other_codes"], strict=True):
                for other in others if isinstance(others, tuple) else ():
                    former.setdefault(other, set()).add(code)
        return former


def _day(value: Any) -> date | None:
    if type(value) is date:  # as the warehouse gives them, 33,000 times
        return value
    return None if pd.isna(value) else pd.Timestamp(str(value)).date()
