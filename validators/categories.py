"""Categorical columns as codes: how a rule looks at a million rows by looking at a few values."""

from collections.abc import Sequence

import numpy as np
import pandas as pd


def recode(column: pd.Categorical, texts: Sequence[str | None]) -> pd.Categorical:
    """The column with `texts` in place of its categories; None becomes missing, equal texts become one."""
    position: dict[str, int] = {}
    translation = np.empty(len(texts) + 1, dtype=np.int32)
    for old, text in enumerate(texts):
        translation[old] = -1 if text is None else position.setdefault(text, len(position))
    translation[-1] = -1
    return pd.Categorical.from_codes(
        translation[column.codes], categories=pd.Index(list(position), dtype="str")
    )


def missing(length: int) -> pd.Categorical:
    """A column without any value."""
    return pd.Categorical.from_codes(np.full(length, -1, dtype=np.int8), categories=pd.Index([], dtype="str"))


def combined(columns: Sequence[pd.Categorical]) -> np.ndarray:
    """One whole number a row, equal where rows are equal in all the columns; missing counts as a value."""
    key = np.zeros(len(columns[0]) if columns else 0, dtype=np.int64)
    size = 1
    for column in columns:
        if not len(column.categories):
            continue  # a column without any value tells no rows apart
        size *= len(column.categories) + 1
        if size > np.iinfo(np.int64).max:
            key, size = _dense(key), len(key) * (len(column.categories) + 1)
        key *= len(column.categories) + 1
        key += column.codes
        key += 1
    return key


def _dense(key: np.ndarray) -> np.ndarray:
    return pd.factorize(key)[0].astype(np.int64)


def groups(columns: Sequence[pd.Categorical]) -> tuple[np.ndarray, np.ndarray]:
    """(group of each row, first row of each group): rows that are equal in all the columns are one group."""
    group, keys = pd.factorize(combined(columns))
    first = np.empty(len(keys), dtype=np.int64)
    first[group[::-1]] = np.arange(len(group) - 1, -1, -1)
    return group, first
