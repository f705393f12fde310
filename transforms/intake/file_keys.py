"""The periods, areas and subjects that a file's good rows name, in codes and in the warehouse's numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from countries.period import Period
from transforms.intake.reference_data import ReferenceData
from validators.contracts.contract import Contract, contract
from validators.verdict import Verdict

MANY_AREAS = 5_000
"""From here on a scan is cheaper than looking each area up."""


@dataclass(frozen=True)
class FileKeys:
    """Of a verdict with at least one good row."""

    verdict: Verdict
    data: ReferenceData

    @cached_property
    def contract(self) -> Contract:
        """The contract of the file's dataset."""
        return contract(self.verdict.dataset)

    @cached_property
    def period_column(self) -> str:
        """The column that dates a return: a period or, in yearly datasets, a year."""
        assert self.contract.period is not None  # every dataset dates its returns
        return self.contract.period.name

    @cached_property
    def periods(self) -> list[Period]:
        """The periods of the good rows, each once, from the first on."""
        return sorted(Period.parse(str(key)) for key in self.verdict.good[self.period_column].unique())

    @cached_property
    def codes(self) -> pd.Index:
        """The area codes, each once."""
        return self.verdict.good["area_code"].array.categories

    @cached_property
    def areas(self) -> pd.Series:
        """Area number → place of its code in `codes`; a code may have had several numbers in time."""
        areas = self.data.keys.areas
        places = self.codes.get_indexer(pd.Index(areas["code"]))
        return pd.Series(places[places >= 0], index=areas["area_id"].to_numpy()[places >= 0])

    @cached_property
    def subjects(self) -> pd.Series:
        """Number → code of what the returns are about; 0 and an empty text for those that are about nothing."""
        nothing = pd.Series([""], index=[0])
        if self.contract.subject is None:
            return nothing
        told = self.verdict.good[self.contract.subject]
        codes = told.dropna().unique()
        self.data.keys.must_know(self.contract.subject, codes)
        numbers = self.data.keys.others.get(self.contract.subject, pd.Series(dtype="int16"))
        named = numbers[numbers.index.isin(codes)]
        subjects = pd.Series(named.index, index=named.to_numpy(), dtype="object")
        return pd.concat([nothing, subjects]) if told.isna().any() else subjects

    @cached_property
    def areas_above_reporting(self) -> list[int]:
        """Numbers of areas above the layer that reports a scheme of the file: below them areas can report it too."""
        country, depth_of = self.data.country, self.data.reference.depth_of
        lowest = max(country.depth(country.scheme(scheme).layer) for scheme in self.subjects)
        high = [place for place, code in enumerate(self.codes) if depth_of.get(code, lowest) < lowest]
        return self.areas.index[self.areas.isin(high)].tolist()

    @cached_property
    def params(self) -> dict[str, Any]:
        """For queries: dataset, periods, subjects, areas, and whether to read `everywhere` instead of those areas."""
        everywhere = len(self.areas) >= MANY_AREAS
        return {
            "dataset": self.contract.dataset,
            "periods": array([period.id for period in self.periods]),
            "subjects": array(self.subjects.index),
            "areas": "{}" if everywhere else array(self.areas.index),
            "everywhere": everywhere,
        }

    def coded(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows of period_id, area_id, subject_id and more, with the codes that the file uses in place of numbers."""
        numbers = rows["period_id"].unique()
        keys = pd.Series([Period.key_of(number) for number in numbers], index=numbers, dtype="str")
        codes = {
            self.period_column: coded(rows["period_id"], keys),
            "area_code": self.area_codes(rows["area_id"]),
            self.contract.subject or "subject": coded(rows["subject_id"], self.subjects),
        }
        return pd.DataFrame(codes | {name: rows[name].array for name in rows.columns[3:]})

    def area_codes(self, numbers: pd.Series) -> pd.Categorical:
        """The code of each area number; missing for an area that the file does not name."""
        return pd.Categorical.from_codes(_looked_up(self.areas, numbers), self.codes)


def coded(numbers: pd.Series, codes: pd.Series) -> pd.Categorical:
    """The code of each number, as a category. `codes`: number → code."""
    places = pd.Series(np.arange(len(codes)), index=codes.index)
    return pd.Categorical.from_codes(_looked_up(places, numbers), pd.Index(codes, dtype="str"))


def array(values: Any) -> str:
    """A Postgres array in writing, which is read many times faster than as many parameters."""
    return "{" + ",".join(map(str, np.asarray(values).tolist())) + "}"


def _looked_up(places: pd.Series, numbers: pd.Series) -> np.ndarray:
    """The place of each number, -1 where it has none: by a table over all numbers, for they are many, and small."""
    if not len(places) or not len(numbers):
        return np.full(len(numbers), -1)
    low = places.index.min()
    table = np.full(places.index.max() - low + 2, -1, dtype=np.int32)
    table[places.index - low] = places
    at = numbers.to_numpy() - low
    return table[np.where((at < 0) | (at >= len(table)), len(table) - 1, at)]
