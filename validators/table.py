"""A file that was understood: the contract's columns as cleaned texts, each row with its number in the
sheet.
"""

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from validators.categories import recode
from validators.contracts.contract import Contract, contract
from validators.masking import MASK
from validators.problems import no_problems


@dataclass(frozen=True)
class Table:
    """`frame`: every column of the contract as a categorical of cleaned texts; a missing value is NaN.

    A rule that looks at one value is so asked once per distinct value, whatever the number of rows.
    `row_number`: the row as the officer's spreadsheet counts it; the header of a plain file is row 1.
    `notes`: how the file was read (encoding, delimiter, sheet …). `problems`: those of reading itself.
    """

    dataset: str
    frame: pd.DataFrame
    row_number: np.ndarray
    notes: dict[str, str] = field(default_factory=dict)
    problems: pd.DataFrame = field(default_factory=no_problems)
    header: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.frame) != len(self.row_number):
            raise ValueError(f"{len(self.frame)} rows, but {len(self.row_number)} row numbers")

    @property
    def contract(self) -> Contract:
        """The contract of the table's dataset. Raises NotFound."""
        return contract(self.dataset)

    def masked(self) -> "Table":
        """As it may be shown and kept: of a dataset that names persons only where something stood."""
        if not self.contract.names_persons:
            return self
        masked = {
            name: recode(column.array, [MASK] * len(column.array.categories))
            for name, column in self.frame.items()
        }
        return replace(self, frame=pd.DataFrame(masked))
