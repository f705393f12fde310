"""Where cells lie: the total above a cell, its parts, and the same cell elsewhere, looked up by number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from countries.declarations.public_tables import PublicTable
from transforms.release.divisors import MEASURE, SUFFIX

TOTAL = "_T"
SUMMED = ("area", "sex", "age_group", "scheme")
"""Dimensions in which parts add up to a total; indicators do not."""
DIMENSIONS = ("release", "measure", "period", "area", "sex", "age_group", "scheme", "indicator")


@dataclass(frozen=True)
class Addresses:
    """Cells by what they count: `codes` has of each dimension the number of each cell's value among `levels`.

    A cell's `key` is one number made of these. `rows` finds a cell by its key; of several that say the same, as the
    same total in two tables, the first stands for all.
    """

    codes: dict[str, np.ndarray]
    levels: dict[str, pd.Index]
    strides: dict[str, int]
    key: np.ndarray
    rows: pd.Series
    parents: np.ndarray

    @classmethod
    def of(cls, cells: pd.DataFrame, areas: pd.DataFrame, tables: tuple[PublicTable, ...]) -> Addresses:
        """The addresses of cells that have `release` and the columns of a public table."""
        measures = {table.id: table.measure for table in tables}
        by_indicator = np.where(cells["table"].str.endswith(SUFFIX), MEASURE, "numerator")
        by_subject = np.where(cells["indicator"] == TOTAL, "beneficiaries", by_indicator)
        values = {name: cells[name] for name in DIMENSIONS if name != "measure"}
        declared = cells["table"].map(measures)
        values["measure"] = declared.where(declared.notna(), pd.Series(by_subject, cells.index))
        codes, levels = {}, {}
        for name in DIMENSIONS:
            known = areas["code"] if name == "area" else [TOTAL]
            levels[name] = pd.Index(pd.unique(np.concatenate([values[name].to_numpy(object), known])))
            codes[name] = levels[name].get_indexer(values[name])
        sizes = [len(levels[name]) for name in DIMENSIONS]
        strides = dict(zip(DIMENSIONS, np.cumprod([1, *sizes[:-1]]).tolist(), strict=True))
        key = sum(codes[name] * stride for name, stride in strides.items())
        above = pd.Series(areas["parent"].to_numpy(), areas["code"].to_numpy())
        parents = levels["area"].get_indexer(above.reindex(levels["area"]).to_numpy(object))
        return cls(codes, levels, strides, key, _first(key), parents)

    def newest(self) -> Addresses:
        """The same cells whichever release they are of, where the newest stands for all."""
        codes = self.codes | {"release": np.zeros_like(self.key)}
        key = self.without("release")
        return Addresses(codes, self.levels, self.strides, key, _first(key, "last"), self.parents)

    def without(self, dimension: str) -> np.ndarray:
        """The keys as if all cells had the same value of a dimension."""
        return np.asarray(self.key - self.codes[dimension] * self.strides[dimension])

    def first(self) -> np.ndarray:
        """Of each cell the one that stands for all that say the same."""
        return self._found(self.key)

    def code(self, dimension: str, value: str) -> int:
        """The number of a value; -1 where no cell has it."""
        return int(self.levels[dimension].get_indexer(pd.Index([value]))[0])

    def select(self, **values: str) -> np.ndarray:
        """The cells of these values, those alone that stand for all that say the same."""
        cells = self.rows.to_numpy()
        for dimension, value in values.items():
            cells = cells[self.codes[dimension][cells] == self.code(dimension, value)]
        return np.asarray(cells)

    def at(self, cells: np.ndarray, **values: str) -> np.ndarray:
        """The cells that differ from the given ones by these values; -1 where there is none."""
        key = self.key[cells]
        for dimension, value in values.items():
            code = self.code(dimension, value)
            if code < 0:
                return np.full(len(cells), -1)
            key = key + (code - self.codes[dimension][cells]) * self.strides[dimension]
        return self._found(key)

    def parts(self, dimension: str) -> tuple[np.ndarray, np.ndarray]:
        """Parts and their totals in a dimension: of an area the nearest one above that has a cell."""
        cells = self.rows.to_numpy()
        codes = self.codes[dimension][cells]
        if dimension == "area":
            above = self.parents[codes]
        else:
            total = self.code(dimension, TOTAL)
            above = np.where(codes == total, -1, total)
        parts, totals = [], []
        while (above >= 0).any():
            cells, codes, above = cells[above >= 0], codes[above >= 0], above[above >= 0]
            places = self._found(self.key[cells] + (above - codes) * self.strides[dimension])
            parts.append(cells[places >= 0])
            totals.append(places[places >= 0])
            missing = places < 0
            cells, codes, above = cells[missing], codes[missing], above[missing]
            above = self.parents[above] if dimension == "area" else np.full(len(above), -1)
        return np.concatenate([*parts, cells[:0]]), np.concatenate([*totals, cells[:0]])

    def years(self) -> Iterator[tuple[str, list[str]]]:
        """The years among the periods, each with its months."""
        for period in self.levels["period"]:
            if len(period) == 4:
                yield period, [f"{period}-{month:02}" for month in range(1, 13)]

    def consecutive(self) -> Iterator[tuple[str, str]]:
        """The months among the periods whose month before is one too, each with that one."""
        for period in self.levels["period"]:
            if len(period) == 7 and period[5:].isdigit():
                year, month = int(period[:4]), int(period[5:])
                before = f"{year - (month == 1)}-{(month - 2) % 12 + 1:02}"
                if before in self.levels["period"]:
                    yield period, before

    def _found(self, key: np.ndarray) -> np.ndarray:
        place = self.rows.index.get_indexer(pd.Index(key))
        return np.where(place >= 0, self.rows.to_numpy()[place], -1)


def _first(key: np.ndarray, keep: Literal["first", "last"] = "first") -> pd.Series:
    rows = pd.Series(np.arange(len(key)), key)
    return rows.loc[~rows.index.duplicated(keep=keep)]
