"""The problems of one file: gathered rule by rule, put in order once."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from countries.model import Country
from validators.contracts.contract import Column, Contract
from validators.masking import masked_params, masked_values
from validators.messages import severity
from validators.problems import PROBLEM_COLUMNS, no_problems

LONGEST = 120
"""Characters of a value that are shown."""

MOST = 500_000
"""Problems that may reject rows of one file. With more it is no help to list them."""


class ProblemList:
    """The problems of one file. `earlier`: those of reading it, in `PROBLEM_COLUMNS`."""

    def __init__(self, contract: Contract, country: Country, earlier: pd.DataFrame | None = None) -> None:
        self._contract, self._country = contract, country
        self._earlier = [] if earlier is None or earlier.empty else [earlier]
        self._rejecting = 0
        self._parts: list[tuple[np.ndarray, str | None, Sequence[str | None], str, str, Sequence[Any]]] = []

    def add(
        self,
        column: Column | None,
        rows: np.ndarray,
        values: Sequence[str | None],
        rule: str,
        params: Sequence[dict[str, Any]],
    ) -> None:
        """Problems of one rule at one column, or at whole rows; masked where the dataset names persons."""
        weight = severity(rule, self._country, column or self._contract)
        self._rejecting += len(rows) if weight == "reject" else 0
        if len(rows) and weight != "off" and not self.too_many:
            params = masked_params(self._contract, rule, params)
            shown = [
                None if value is None else _shown(value) for value in masked_values(self._contract, values)
            ]
            self._parts.append((rows, column.name if column else None, shown, rule, weight, params))

    @property
    def too_many(self) -> bool:
        """Whether there are more than can be listed; those that came after are not in it."""
        return self._rejecting > MOST

    def frame(self) -> pd.DataFrame:
        """`PROBLEM_COLUMNS` in the order of rows and columns; what concerns a whole row or file comes
        first.
        """
        parts = self._earlier + ([self._gathered()] if self._parts else [])
        if not parts:
            return no_problems()
        problems = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
        problems["row_number"] = problems["row_number"].astype("Int64")
        place = {name: number for number, name in enumerate(self._contract.names)}
        columns = [place.get(name, -1) for name in problems["column"]]
        rows = problems["row_number"].to_numpy(dtype=np.int64, na_value=0)
        order = np.lexsort((np.array(columns), rows))
        return problems.iloc[order].reset_index(drop=True)

    def _gathered(self) -> pd.DataFrame:
        lengths = [len(rows) for rows, *_ in self._parts]
        each = {
            name: np.repeat(np.array([part[place] for part in self._parts], dtype=object), lengths)
            for place, name in ((1, "column"), (3, "rule"), (4, "severity"))
        }
        params = np.empty(sum(lengths), dtype=object)
        params[:] = [each_params for part in self._parts for each_params in part[5]]
        return pd.DataFrame(
            {
                "row_number": pd.array(np.concatenate([part[0] for part in self._parts]), dtype="Int64"),
                "column": each["column"],
                "value": pd.array([value for part in self._parts for value in part[2]], dtype="str"),
                "rule": each["rule"],
                "severity": each["severity"],
                "params": params,
            },
            columns=list(PROBLEM_COLUMNS),
        )


def _shown(value: str) -> str:
    return value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
