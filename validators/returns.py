"""The returns of a file, each as one row: what a check of totals looks at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from validators.distinct import groups
from validators.reference import Reference


@dataclass(frozen=True)
class Returns:
    """`frame`: the return key as texts, `lines`, `total` (beneficiaries), `first` (place of its first line).

    `of_line`: for each line of the file, the place of its return in `frame`.
    """

    frame: pd.DataFrame
    of_line: np.ndarray

    @classmethod
    def of(cls, good: pd.DataFrame, key: Sequence[str]) -> "Returns":
        of_line, first = groups([good[name].array for name in key])
        counted = good["beneficiaries"].to_numpy(dtype=np.float64, na_value=0)
        frame = pd.DataFrame({name: good[name].array[first].astype("str") for name in key}).assign(
            lines=np.bincount(of_line, minlength=len(first)),
            total=np.bincount(of_line, weights=counted, minlength=len(first)),
            first=first,
        )
        return cls(frame, of_line)

    def met_with(self, known: pd.DataFrame) -> pd.DataFrame:
        """The returns that are known too, with the columns of both."""
        key = [name for name in ("period", "area_code", "scheme") if name in known]
        return self.frame.merge(known.astype(dict.fromkeys(key, "str")), on=key)


def told(met: pd.DataFrame, reference: Reference, **columns: str) -> list[dict[str, Any]]:
    """The parameters of a message for each return: the area's name, and whole numbers from the columns
    named.
    """
    numbers = [met[column].round().astype("int64").tolist() for column in columns.values()]
    areas = [reference.name(code) for code in met["area_code"]]
    return [
        {"area": area, **dict(zip(columns, row, strict=True))}
        for area, row in zip(areas, zip(*numbers, strict=True), strict=True)
    ]
