"""The lines that a return owes by its scheme's declaration, and those that it leaves out.

No line is no statement: what a return leaves out is not known, and never zero. A scheme owes a line for each sex and
age group for which it is meant, women and men where it names no sexes. A line of all ages tells each age; lines of no
stated sex alone tell an age's persons together, without telling them apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from countries.model import Country
from validators.categories import groups
from validators.contracts.contract import TOTAL, Contract, Text, in_language
from validators.messages import words
from validators.reference import Reference
from validators.rules.cross_field_rules import Breach
from validators.rules.place_not_known import above_their_layer
from validators.rules.returns import Returns, by_group

SEXES = ("F", "M", "X", "U")
TOLD_APART = 3
"""How many of the sexes, the first ones, are told apart; the last is that of persons whose sex is not stated."""


@dataclass(frozen=True)
class ExpectedLines:
    """`cells`: whether a scheme owes a line, shape (schemes, sexes, age groups). The first age group is all ages."""

    schemes: tuple[str, ...]
    ages: tuple[str, ...]
    cells: np.ndarray

    @classmethod
    def of(cls, country: Country) -> "ExpectedLines":
        """What the country's schemes declare."""
        ages = (TOTAL, *country.ages(()))
        cells = np.zeros((len(country.schemes), len(SEXES), len(ages)), dtype=bool)
        for place, scheme in enumerate(country.schemes):
            for sex in scheme.sexes_told_apart:
                for age in country.ages(scheme.eligible.age_groups) or (TOTAL,):
                    cells[place, SEXES.index(sex), ages.index(age)] = True
        return cls(tuple(scheme.id for scheme in country.schemes), ages, cells)


def missing_lines(
    good: pd.DataFrame, agreeing: pd.DataFrame, contract: Contract, reference: Reference
) -> pd.DataFrame:
    """What a file's returns of schemes leave out, a row each: `first` (the place of the return's first line among the
    good rows), `sex`, `age_group` (all ages where a sex is left out whole), and `measure`, empty where the line itself
    is left out. Measures are those that an indicator counts of the scheme.

    `agreeing`: totals that the good rows add up to. What they are over is told, and so is what a remainder is over.
    """
    parts = [
        pd.DataFrame({"first": [], "sex": [], "age_group": [], "measure": []}).astype({"first": "int64"})
    ]
    if contract.dataset == "scheme_returns" and len(good):
        parts += _of_schemes(good, agreeing, contract, reference)
    return pd.concat(parts, ignore_index=True)


def _of_schemes(
    good: pd.DataFrame, agreeing: pd.DataFrame, contract: Contract, reference: Reference
) -> Iterator[pd.DataFrame]:
    country = reference.country
    lines = ExpectedLines.of(country)
    rows = good if agreeing.empty else _with_totals(good, agreeing)
    of_line, first = groups([rows[name].astype("category").array for name in contract.return_key])
    first = first[: of_line[: len(good)].max() + 1]
    counted = np.ones(len(rows), dtype=bool) if (grouped := by_group(rows)) is None else ~grouped
    counted &= of_line < len(first)  # a total of whose return no line is good
    sex, age = _codes(rows["sex"], SEXES), _codes(rows["age_group"], lines.ages)
    whole_age = (
        rows["remainder"].to_numpy(dtype=bool, na_value=True) if "remainder" in rows else ~counted & False
    )
    scheme = _codes(good["scheme"], lines.schemes)[first]
    owed = lines.cells[scheme]
    owed[above_their_layer(Returns.of(good, contract), reference)] = False

    def reported(saying: np.ndarray) -> np.ndarray:
        cells = np.zeros(owed.shape, dtype=bool)
        cells[of_line[saying], sex[saying], age[saying]] = True
        together = np.flatnonzero(saying & whole_age & ((sex < 0) | (sex == TOLD_APART)))
        cells[of_line[together], :, age[together]] = True
        return cells

    lines_of = reported(counted)
    whole = owed & ~_with_implied(lines_of, lines_of)
    yield _listed(whole, owed, first, lines.ages, "")
    for measure, schemes in _further_measures(country).items():
        concerned = np.isin(scheme, [lines.schemes.index(id) for id in schemes])
        if concerned.any():
            filled = counted & rows[measure].notna().to_numpy()
            known = whole | _with_implied(reported(filled), lines_of)
            without = owed & ~known & concerned[:, None, None]
            yield _listed(without, owed, first, lines.ages, measure)


def _with_totals(good: pd.DataFrame, agreeing: pd.DataFrame) -> pd.DataFrame:
    """The good rows and behind them the totals, marked as `remainder`: both tell together what they are over."""
    marked = good if "remainder" in good else good.assign(remainder=False)
    texts = dict.fromkeys([name for name in good if good[name].dtype == "category"], "str")
    both = [marked.astype(texts), agreeing.assign(remainder=True).astype(texts)]
    return pd.concat(both, ignore_index=True)


def _codes(column: pd.Series, texts: tuple[str, ...]) -> np.ndarray:
    values = column.astype("category").array
    return pd.Index(texts).get_indexer(values.categories)[values.codes]


def _with_implied(reported: np.ndarray, lines: np.ndarray) -> np.ndarray:
    """Told by a line of all ages as well, or by lines of no stated sex where no `lines` tell the sexes apart."""
    known = reported | reported[:, :, :1]
    apart = (lines | lines[:, :, :1])[:, :TOLD_APART].any(axis=1)
    of_no_sex = known[:, TOLD_APART] & ~apart
    known[:, :TOLD_APART] |= of_no_sex[:, None, :]
    return known


def _further_measures(country: Country) -> dict[str, set[str]]:
    """Measure → the schemes of which an indicator counts it, beside persons who receive a benefit."""
    of_measure: dict[str, set[str]] = {}
    for indicator in country.indicators:
        for scheme, measure in indicator.measures.items():
            if measure != "beneficiaries":
                of_measure.setdefault(measure, set()).add(scheme)
    return of_measure


def _listed(
    missing: np.ndarray, owed: np.ndarray, first: np.ndarray, ages: tuple[str, ...], measure: str
) -> pd.DataFrame:
    whole_sex = owed.any(axis=2) & (missing == owed).all(axis=2)
    shown = missing & ~whole_sex[:, :, None]
    shown[:, :, 0] |= whole_sex
    place, sex, age = np.nonzero(shown)
    return pd.DataFrame(
        {
            "first": first[place],
            "sex": np.array(SEXES)[sex],
            "age_group": np.array(ages)[age],
            "measure": measure,
        }
    )


def missing_line_breach(
    good: pd.DataFrame, missing: pd.DataFrame, partial: pd.DataFrame, reference: Reference
) -> Breach:
    """One problem a return that leaves lines out, at its first line, naming them; those of `partial` were refused."""
    schemes = {scheme.id: dict(scheme.names) for scheme in reference.country.schemes}
    whole = missing[missing["measure"] == ""]
    places, starts = np.unique(whole["first"].to_numpy(), return_index=True)
    left_out = list(zip(whole["sex"], whole["age_group"], strict=True))
    key = [name for name in partial.columns if name in good]
    refused = set(partial[key].itertuples(index=False, name=None))
    names = good.iloc[places][key].astype("str").itertuples(index=False, name=None)
    lines_of: dict[tuple[tuple[str, str], ...], list[Text]] = {}
    kept, params = [], []
    for number, (place, of_return) in enumerate(zip(places, names, strict=True)):
        if of_return not in refused:
            end = starts[number + 1] if number + 1 < len(starts) else len(left_out)
            cells = tuple(left_out[starts[number] : end])
            lines = lines_of.setdefault(cells, [named_line(*cell, reference) for cell in cells])
            area, scheme = (of_return[key.index(name)] for name in ("area_code", "scheme"))
            kept.append(place)
            params.append({"area": reference.name(area), "scheme": schemes[scheme], "lines": lines})
    return Breach("missing_lines", "sex", np.array(kept, dtype=np.int64), params)


def named_line(sex: str, age: str, reference: Reference) -> Text:
    """A line in words, by its sex and age group."""
    of_sex = words()[sex]
    group = next((group for group in reference.country.age_groups if group.id == age), None)
    if group is None:
        return of_sex
    return {language: f"{text} ({in_language(group.names, language)})" for language, text in of_sex.items()}
