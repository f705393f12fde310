"""What a return says as one number, so that two returns can be compared without reading their lines."""

from hashlib import blake2b

import numpy as np
import pandas as pd

from validators.contracts.contract import Contract
from validators.persons import Persons


def line_marks(
    good: pd.DataFrame, contract: Contract, secret: bytes = b"", persons: Persons | None = None
) -> np.ndarray:
    """A number of 64 bits for each line, equal where lines say the same; shape (lines,).

    What a return is about (its key) is left out, and so are words that are no line's key. A value that is missing is no
    zero. What names a person counts where there is a `secret`, with which all values are hashed then. The marks of a
    return's lines add up, in 64 bits, to the mark of the return, in whatever order they come.
    """
    marks = np.zeros(len(good), dtype=np.uint64)
    for column in contract.columns:
        words = column.type == "text" and column.name not in contract.line_key
        if column.name in contract.return_key or words or (column.private and not secret):
            continue
        if column.private and persons is not None:
            numbers = np.ascontiguousarray(persons.digests[:, :8]).view(np.uint64).ravel()
            marks = _mixed(marks, numbers[persons.codes])
        elif column.name in good:
            codes, values = pd.factorize(good[column.name])  # missing: -1, which finds the zero at the end
            of_values = [_number(f"{column.name}={_written(value)}", secret) for value in values] + [0]
            marks = _mixed(marks, np.array(of_values, dtype=np.uint64)[codes])
    return marks


def return_marks(marks: np.ndarray, of_line: np.ndarray, count: int) -> np.ndarray:
    """The mark of each of `count` returns, as the warehouse keeps it: int64, shape (count,). `of_line`: the return of
    each line.
    """
    summed = np.zeros(count, dtype=np.uint64)
    np.add.at(summed, of_line, marks)
    return summed.view(np.int64)


def _written(value: object) -> str:
    return f"{float(value):.15g}" if isinstance(value, int | float | np.number) else str(value)


def _number(text: str, secret: bytes) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8, key=secret).digest())


def _mixed(marks: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """Both in one, so that no two values can be exchanged between lines unseen (the finalizer of SplitMix64)."""
    mixed = np.where(numbers == 0, marks, marks ^ numbers)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.where(numbers == 0, marks, mixed ^ (mixed >> np.uint64(31)))
