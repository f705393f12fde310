"""Codes, columns and numbers of a mart in the reader's language, and what a reader's words mean among them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from countries.model import Country
from dashboards.models.reference import Reference
from dashboards.models.selection import Limit, Selection, is_change, measure_of
from sala.translation.translator import Translator
from validators.contracts.contract import contract, in_language

_NUMBER = re.compile(r"(>=|<=|≥|≤|>|<|=)?\s*(-?\d[\d\s.,]*?)\s*%?")
_WRITTEN = {"≥": ">=", "≤": "<="}
_OF_INDICATOR = ("value", "lower_bound", "upper_bound")


@dataclass(frozen=True)
class Labels:
    """`areas`: area code → its names, of the areas that are shown."""

    country: Country
    lists: Reference
    t: Translator
    areas: Mapping[str, Mapping[str, str]]

    def value(self, dimension: str, code: Any) -> str:
        """A value of a dimension in words; the code itself where nothing has a name for it."""
        if code is None:
            return "–"
        if isinstance(code, dt.datetime):
            return self.t.moment(code, self.country.timezone)
        if dimension == "period":
            return self.t.period(code)
        if (names := self._names(dimension).get(code)) is not None:
            return self.t.name(names, code)
        for key in (f"{dimension}.{code}", f"{dimension.split('_')[0]}.{code}", f"sex.{code}"):
            if (code == "_T" or not key.startswith("sex.") or dimension == "sex") and self.t.has(key):
                return self.t(key)
        return str(code)

    def _names(self, dimension: str) -> Mapping[str, Mapping[str, str]]:
        country, lists = self.country, self.lists
        match dimension:
            case "area_code":
                return self.areas
            case "area_level" | "at_level":
                return {layer.level: layer.plurals for layer in lists.layers}
            case "indicator":
                return {indicator.id: indicator.titles for indicator in lists.indicators}
            case "scheme":
                return {scheme.id: scheme.names for scheme in lists.schemes}
            case "age_group":
                return {group.id: group.names for group in country.age_groups}
            case "population_group":
                return {group.id: group.names for group in country.groups}
            case "category" | "channel" if country.grievances is not None:
                terms = (
                    country.grievances.categories if dimension == "category" else country.grievances.channels
                )
                return {term.id: term.names for term in terms}
        return {}

    def mart(self, name: str) -> str:
        """A mart's title; of one that the catalogue does not know yet its own name."""
        key = f"explore.mart.{name}"
        return self.t(key) if self.t.has(key) else name.replace("_", " ")

    def column(self, name: str) -> str:
        """The head of a column; of one that the catalogue does not know yet its own name."""
        measure = measure_of(name)
        key = f"explore.column.{measure}"
        label = self.t(key) if self.t.has(key) else measure.replace("_", " ")
        if name == measure:
            return label
        return self.t("explore.change" if is_change(name) else "explore.before", column=label)

    def meaning(self, selection: Selection, name: str) -> str:
        """What a column means: as Sala or a contract says it in the reader's language, else as the dictionary."""
        key = f"explore.meaning.{name}"
        if self.t.has(key):
            return self.t(key)
        about = contract("scheme_returns")
        if name in about.names:
            return in_language(about.column(name).description, self.t.language)
        return selection.mart.columns[name]

    def number(self, selection: Selection, row: Mapping[str, Any], name: str) -> str:
        """A figure in the unit of its column, of an indicator in the indicator's."""
        number, measure = row.get(name), measure_of(name)
        if number is None:
            return "–"
        if not isinstance(number, int | float) and not hasattr(number, "as_tuple"):
            return self.value(name, number)
        number = float(number)
        indicator = self.lists.indicator(row["indicator"]) if "indicator" in row else None
        shown_in = indicator.shown_in if indicator and measure in _OF_INDICATOR else None
        sign = ("+" if number > 0 else "−" if number < 0 else "±") if is_change(name) else ""
        number = abs(number) if sign else number
        if shown_in in (None, "percent", "points") and measure in selection.mart.fractions:
            written = self.t.number(number * 100, 1)
            of_points = sign or shown_in == "points"
            text = (
                self.t("format.points", points=written)
                if of_points
                else self.t("format.percent", number=written)
            )
            return sign + text
        digits = 2 if shown_in == "ratio" else 0 if number.is_integer() else 1
        return sign + self.t.number(number, digits)

    def unshown(self, selection: Selection, varying: Sequence[str]) -> str:
        """What all rows have in common, in a line."""
        fixed = [name for name in selection.keys if name not in varying and name in selection.values]
        parts = [self.value(name, selection.values[name][0]) for name in fixed]
        return " · ".join(dict.fromkeys(parts))


@dataclass(frozen=True)
class Found:
    """A selection narrowed to what a reader's words mean, and those that mean nothing here."""

    selection: Selection
    unknown: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()  # words that may name an area


def find(
    words: str, selection: Selection, present: Mapping[str, Sequence[str]], labels: Labels, measure: str
) -> Found:
    """The selection that `words` ask for, as they are shown: "Women, 20 %, > 1,000".

    A number is held against `measure` as it is written: 20 % is whatever is shown as 20 %.
    """
    values, limits, unknown = dict(selection.values), list(selection.limits), []
    for term in filter(None, (part.strip() for part in re.split(r"[;،、]|,(?!\d)", words))):
        if number := _NUMBER.fullmatch(term):
            limits += _limits(number, measure, selection)
        elif codes := _named(term, present, labels):
            values |= codes
        else:
            unknown.append(term)
    return Found(replace(selection, values=values, limits=tuple(limits)), tuple(unknown))


def _limits(number: re.Match[str], measure: str, selection: Selection) -> list[Limit]:
    written = re.sub(r"\s|,(?=\d{3}\b)", "", number[2]).replace(",", ".").rstrip(".")
    scale = 0.01 if measure in selection.mart.fractions else 1
    value, digits = float(written), len(written.partition(".")[2])
    operator = _WRITTEN.get(number[1] or "=", number[1] or "=")
    if operator != "=":
        return [Limit(measure, operator, value * scale)]
    half = 0.5 * 10**-digits
    return [Limit(measure, ">=", (value - half) * scale), Limit(measure, "<", (value + half) * scale)]


def _named(
    term: str, present: Mapping[str, Sequence[str]], labels: Labels
) -> dict[str, tuple[str, ...]] | None:
    """The values of one dimension that are called so; a whole name comes before a part of one."""
    wanted = _folded(term)
    named = [
        (name, code, _folded(labels.value(name, code))) for name, codes in present.items() for code in codes
    ]
    for same in (
        lambda text: text == wanted,
        lambda text: text.startswith(wanted),
        lambda text: wanted in text,
    ):
        if fitting := [(name, code) for name, code, text in named if same(text)]:
            dimension = fitting[0][0]
            return {dimension: tuple(code for name, code in fitting if name == dimension)}
    return None


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(
        letter for letter in plain if not unicodedata.combining(letter) or letter > "\u0e00"
    ).strip()
