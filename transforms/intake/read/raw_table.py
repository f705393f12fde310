"""What every format is read into: a header and columns of texts, before anything is known of their sense."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from transforms.intake.read import header, limits
from validators.unreadable import Unreadable


@dataclass(frozen=True)
class RowFault:
    """A row that does not stand in the file as it should; the whole file where `row_number` is None."""

    row_number: int | None
    rule: str
    params: dict[str, object]
    column: str | None = None
    value: str | None = None


@dataclass(frozen=True)
class RawTable:
    """`columns[i]` holds the texts under `header[i]`; numbers are written in the country's own marks."""

    header: tuple[str, ...]
    columns: Sequence[pd.Categorical]
    row_number: np.ndarray
    notes: dict[str, str] = field(default_factory=dict)
    faults: tuple[RowFault, ...] = ()


class Encoder:
    """Gathers the texts of one column, each distinct text once."""

    def __init__(self) -> None:
        self._code: dict[str, int] = {}
        self._codes = array("i")

    def add(self, text: str) -> None:
        """Append the text of the next row; an empty one is missing."""
        self._codes.append(self._code.setdefault(text, len(self._code)) if text else -1)

    def column(self) -> pd.Categorical:
        """The texts added so far, shape (rows,); categories in the order in which each came first."""
        return pd.Categorical.from_codes(
            np.frombuffer(self._codes, dtype=np.int32), categories=pd.Index(list(self._code), dtype="str")
        )


def gather(
    header: Sequence[str],
    rows: Iterable[tuple[int, Sequence[str]]],
    notes: dict[str, str],
    keep_empty: bool = False,
) -> RawTable:
    """A raw table from (row number, cells) pairs. Empty rows are passed over; ragged ones are kept and named."""
    encoders = [Encoder() for _ in header]
    numbers: list[int] = []
    faults: list[RowFault] = []
    width = len(header)
    for number, cells in rows:
        if not keep_empty and not any(map(str.strip, cells)):
            continue
        if len(cells) != width:
            cells, fault = _fitted(number, list(cells), width)
            faults += [fault] if fault else []
            if len(faults) > limits.FAULTS:
                raise Unreadable("ragged_rows", limit=limits.FAULTS)
        if len(numbers) == limits.ROWS:
            raise Unreadable("too_many_rows", limit=limits.ROWS)
        numbers.append(number)
        for encoder, cell in zip(encoders, cells, strict=True):
            encoder.add(cell)
    columns = [encoder.column() for encoder in encoders]
    return RawTable(tuple(header), columns, np.array(numbers, dtype=np.int64), notes, tuple(faults))


def _fitted(number: int, cells: list[str], width: int) -> tuple[list[str], RowFault | None]:
    """Empty cells too many do no harm; anything else may have moved values under the wrong header."""
    if len(cells) > width and not any(map(str.strip, cells[width:])):
        return cells[:width], None
    if len(cells) > width and header.count_names(cells[width - 1 :]) >= header.LEAST:
        raise Unreadable("second_header", row=number)  # no line end between two files
    rule = "extra_cells" if len(cells) > width else "short_row"
    fault = RowFault(number, rule, {"actual": len(cells), "expected": width})
    return (cells + [""] * width)[:width], fault
