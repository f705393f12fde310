"""Lines with the total over the sexes or the ages beside its parts: controls, which load nothing twice.

A control is a line whose return also gives a part of it: the same line of one sex in place of all, of one age group in
place of all ages, or of both. Where parts add up to it, it has done its work. Where not, the country folder says which
of the two counts: the parts, or the published total, whose remainder then is a line of persons not told apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from countries.model import Country
from validators.categories import groups
from validators.contracts.contract import TOTAL, Column, Contract
from validators.reference import Reference
from validators.rules.cross_field_rules import Breach
from validators.rules.distinct_values import numbers
from validators.table import Table

DIMENSIONS = ("sex", "age_group")
CENTS = 2
"""Decimals of an amount. Sums of binary fractions have more: 0.1 and 0.2 are apart from 0.3."""
RULES = {False: ("parts_count", "parts_count"), True: ("published_total_counts", "published_total_rounds")}
"""Whether the published total counts → the rules that a total breaks that is more, or less, than its parts."""
NOT_STATED = {"sex": "U", "age_group": TOTAL}
"""What a remainder's line says in place of the total's."""


def sums_sexes(contract: Contract) -> bool:
    """Whether a line over all sexes would be counted twice. Where the contract allows one, it is a figure."""
    return contract.counted is not None and any(not column.total for column in contract.typed("sex"))


def dimensions(contract: Contract) -> tuple[str, ...]:
    """The columns over which lines of a dataset can be totals of others; none where a total is a figure."""
    return tuple(name for name in DIMENSIONS if name in contract.names) if sums_sexes(contract) else ()


def is_total(frame: pd.DataFrame, name: str) -> np.ndarray:
    """Which lines are over all of a dimension."""
    return np.asarray(frame[name].array == TOTAL)


def control_lines(contract: Contract, frame: pd.DataFrame) -> np.ndarray:
    """Which lines of a file are totals with a part of them beside: booleans of shape (rows,)."""
    over = {name: is_total(frame, name) for name in dimensions(contract)}
    control = np.zeros(len(frame), dtype=bool)
    if not any(total.any() for total in over.values()):
        return control
    given = np.all([frame[name].array.codes >= 0 for name in over], axis=0)
    for totals in _patterns(tuple(over)):
        rows = _of_pattern(over, totals)
        if rows.any():
            group, first = _within(contract, frame, totals)
            finer = given & ~rows  # equal in what this is not a total of, and so part of it
            control |= rows & (np.bincount(group, finer, len(first))[group] > 0)
    return control


def _patterns(names: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Every choice of dimensions to be over, those of one first."""
    choices = (
        tuple(n for n, chosen in zip(names, c, strict=True) if chosen)
        for c in product((0, 1), repeat=len(names))
    )
    return sorted((choice for choice in choices if choice), key=len)


def _of_pattern(over: dict[str, np.ndarray], totals: tuple[str, ...]) -> np.ndarray:
    return np.all([over[name] == (name in totals) for name in over], axis=0)


def _within(
    contract: Contract, frame: pd.DataFrame, totals: tuple[str, ...]
) -> tuple[np.ndarray, np.ndarray]:
    return groups([frame[name].astype("category").array for name in contract.line_key if name not in totals])


@dataclass(frozen=True)
class Totals:
    """The controls of a file, compared with the lines beside them that are not `rejected`."""

    table: Table
    rejected: np.ndarray
    published: bool
    """Whether the published total counts where it differs from its parts."""

    @property
    def contract(self) -> Contract:
        """The contract of the file's dataset."""
        return self.table.contract

    @cached_property
    def control(self) -> np.ndarray:
        """Which rows are controls, rejected ones among them; they are not loaded."""
        return control_lines(self.contract, self.table.frame)

    @cached_property
    def measures(self) -> list[Column]:
        """What is compared: counts and amounts."""
        return self.contract.typed("count", "money")

    @cached_property
    def _compared(self) -> pd.DataFrame:
        """A row a control of which all parts are good: `place`, and for each measure `_parts`, `_apart`; the latter is
        the total less its parts, missing where the control does not give the measure. Remainders count as parts of the
        totals above them where the published total counts.
        """
        frame, contract = self.table.frame, self.contract
        if not self.control.any():
            return pd.DataFrame({"place": []}, dtype="int64")
        over = {name: is_total(frame, name) for name in dimensions(contract)}
        values = {column.name: _values(column, frame) for column in self.measures}
        parts_of = {
            column.name: np.where(self.control | self.rejected, 0, np.nan_to_num(values[column.name]))
            for column in self.measures
        }
        compared = []
        for totals in _patterns(tuple(over)):
            rows = _of_pattern(over, totals) & self.control & ~self.rejected
            if not rows.any():
                continue
            group, first = _within(contract, frame, totals)
            spoilt = np.bincount(group, self.rejected & ~self.control, len(first))[group] > 0
            places = np.flatnonzero(rows & ~spoilt)
            row: dict[str, Any] = {"place": places}
            for name, parts in parts_of.items():
                sums = np.bincount(group, parts, len(first))[group[places]].round(CENTS)
                row |= {f"{name}_parts": sums, f"{name}_apart": (values[name][places] - sums).round(CENTS)}
            compared.append(pd.DataFrame(row))
            if self.published:
                for name, parts in parts_of.items():
                    parts[places] = np.nan_to_num(row[f"{name}_apart"])
        return (
            pd.concat(compared, ignore_index=True) if compared else pd.DataFrame({"place": []}, dtype="int64")
        )

    def unchecked(self, reference: Reference) -> Iterator[Breach]:
        """The controls beside rejected parts, which can be compared with nothing; without any other part they tell
        persons of whom nothing is loaded.
        """
        frame, contract = self.table.frame, self.contract
        over = {name: is_total(frame, name) for name in dimensions(contract) if self.control.any()}
        for totals in _patterns(tuple(over)):
            rows = np.flatnonzero(_of_pattern(over, totals) & self.control & ~self.rejected)
            if not len(rows):
                continue
            group, first = _within(contract, frame, totals)
            spoilt, good = (
                np.bincount(group, part & ~self.control, len(first))[group[rows]] > 0
                for part in (self.rejected, ~self.rejected)
            )
            for rule, of_rule in (
                ("total_of_nothing", spoilt & ~good),
                ("total_not_compared", spoilt & good),
            ):
                named = frame.iloc[rows[of_rule]][["area_code", contract.counted]].astype("str")
                params = [
                    {"area": reference.name(area), "value": value}
                    for area, value in named.itertuples(index=False)
                ]
                yield Breach(rule, contract.counted, rows[of_rule], params)

    @cached_property
    def agreeing(self) -> np.ndarray:
        """Places of controls that all their parts add up to."""
        return self._compared.loc[~self._differs, "place"].to_numpy(dtype=np.int64)

    @property
    def _differs(self) -> pd.Series:
        apart = self._compared.filter(like="_apart")
        return (apart.fillna(0) != 0).any(axis=1)

    def breaches(self, reference: Reference) -> Iterator[Breach]:
        """The controls that differ, with both numbers, column by column."""
        for column in self.measures if len(self._compared) else []:
            apart = self._compared[f"{column.name}_apart"].fillna(0)
            for rule, differs in self._rules(apart).items():
                places = self._compared.loc[differs, "place"].to_numpy(dtype=np.int64)
                areas = self.table.frame["area_code"].array[places]
                numbers_of_all = zip(
                    self._compared.loc[differs, f"{column.name}_parts"], apart[differs], strict=True
                )
                params = [
                    {
                        "area": reference.name(str(area)),
                        "value": round(parts + rest, CENTS),
                        "total": parts,
                        "rest": rest,
                    }
                    for area, (parts, rest) in zip(areas, numbers_of_all, strict=True)
                ]
                yield Breach(rule, column.name, places, params)

    def _rules(self, apart: pd.Series) -> dict[str, pd.Series]:
        more, less = RULES[self.published]
        return {more: apart != 0} if more == less else {more: apart > 0, less: apart < 0}

    def remainders(self, controls: pd.DataFrame) -> pd.DataFrame:
        """The lines of persons whom only a published total counts, in the columns of `controls` and `remainder`.

        `controls`: those not rejected, typed, in the order of their places. A remainder is negative where the parts
        come to more, as they do where counts were rounded.
        """
        if not self._differs.any():
            return controls.iloc[:0]
        differing = self._compared[self._differs]
        lines = controls.iloc[
            np.searchsorted(np.flatnonzero(self.control & ~self.rejected), differing["place"])
        ]
        lines = lines.reset_index(drop=True)
        for name in dimensions(self.contract):
            lines[name] = lines[name].astype("str").replace(TOTAL, NOT_STATED[name])
        for column in self.measures:
            if column.name in lines:
                lines[column.name] = pd.array(differing[f"{column.name}_apart"].to_numpy()).astype(
                    column.dtype
                )
        return lines.assign(remainder=True)


def _values(column: Column, frame: pd.DataFrame) -> np.ndarray:
    texts = frame[column.name].array
    by_code = numbers(column, pd.Series(texts.categories, dtype="str")).to_numpy()
    return np.append(by_code, np.nan)[texts.codes]


def totals_of(table: Table, rejected: np.ndarray, country: Country) -> Totals:
    """The controls of a file as the country folder takes them."""
    return Totals(table, rejected, published_counts(table.dataset, country))


def published_counts(dataset: str, country: Country) -> bool:
    """Whether the published total counts where it differs from its parts."""
    return country.totals == "published" and dataset in REMAINDERS


REMAINDERS = ("scheme_returns", "population")
"""Datasets of which every measure adds up, so that a remainder is a line like the others."""
