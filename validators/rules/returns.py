"""The returns of a file, each as one row: what a check of totals looks at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from validators.categories import groups
from validators.contracts.contract import Contract
from validators.reference import Reference
from validators.rules.marks import return_marks

AREAS_SHOWN = 10
"""Areas named in one message."""


@dataclass(frozen=True)
class Returns:
    """`frame`: a row for each return, with the columns of `key` as texts, `lines` (how many it has), `total` (their sum
    of the column that the dataset counts; 0 where it counts none), `first` (the place of its first line, from 0), and
    `mark` (what it says, as one number) where the marks of its lines are given.

    `key`: the names of the columns that name a return. `period`: which of them dates it. `of_line`: for each line the
    place of its return in `frame`.
    """

    frame: pd.DataFrame
    key: tuple[str, ...]
    period: str
    of_line: np.ndarray

    @classmethod
    def of(cls, good: pd.DataFrame, contract: Contract, marks: np.ndarray | None = None) -> "Returns":
        """The returns of a file's good rows (`Verdict.good`), in the order of their first lines' places.

        Lines by population group count among `lines` and add nothing to `total`.
        """
        key = contract.return_key
        of_line, first = groups([_categories(good[name]) for name in key])
        counted = persons_once(good, contract.counted) if contract.counted else np.zeros(len(good))
        frame = (
            key_texts(good[list(key)].iloc[first], key)
            .reset_index(drop=True)
            .assign(
                lines=np.bincount(of_line, minlength=len(first)),
                total=np.bincount(of_line, weights=counted, minlength=len(first)),
                first=first,
            )
        )
        if marks is not None:
            frame = frame.assign(mark=return_marks(marks, of_line, len(first)))
        assert contract.period is not None  # every dataset dates its returns
        return cls(frame, key, contract.period.name, of_line)

    def joined_with(self, other: pd.DataFrame) -> pd.DataFrame:
        """A row for each return that `other` has too, with the columns of both; joined by what `other` has of `key`."""
        key = [name for name in self.key if name in other]
        return self.frame.merge(other.astype(dict.fromkeys(key, "str")), on=key)


def key_texts(rows: pd.DataFrame, key: Sequence[str]) -> pd.DataFrame:
    """What names the return of each row, as texts: empty where it is about nothing beside period and area."""
    return rows[list(key)].astype("str").fillna("")


def by_group(good: pd.DataFrame) -> np.ndarray | None:
    """Whether each line restates, by population group, persons that other lines count: booleans of shape (lines,).

    None where the file has no column of groups.
    """
    return good["group"].notna().to_numpy() if "group" in good else None


def persons_once(good: pd.DataFrame, column: str) -> np.ndarray:
    """What each line adds to its return's total, shape (lines,), in the unit of `column`.

    0 where the line has no value, or restates persons of other lines.
    """
    counted = good[column].to_numpy(dtype=np.float64, na_value=0)
    grouped = by_group(good)
    return counted if grouped is None else np.where(grouped, 0, counted)


def message_params(met: pd.DataFrame, reference: Reference, **columns: str) -> list[dict[str, Any]]:
    """What fills the blanks of a message, for each row of `met`: `area`, the area's name, and each key of `columns`
    with the number in the column that it names, rounded to a whole one.
    """
    numbers = [met[column].round().astype("int64").tolist() for column in columns.values()]
    areas = [reference.name(code) for code in met["area_code"]]
    return [
        {"area": area, **dict(zip(columns, row, strict=True))}
        for area, row in zip(areas, zip(*numbers, strict=True), strict=True)
    ]


def some_areas(codes: pd.Series, reference: Reference) -> list[Any]:
    """The names of the first areas among the codes, each once, and "…" where there are more."""
    different = codes.unique()
    return [reference.name(str(code)) for code in different[:AREAS_SHOWN]] + ["…"] * (
        len(different) > AREAS_SHOWN
    )


def _categories(values: pd.Series) -> pd.Categorical:
    array = values.array
    return array if isinstance(array, pd.Categorical) else pd.Categorical(values)
