"""The good rows of a table as the loader wants them: codes as categories, numbers as numbers."""

import numpy as np
import pandas as pd

from validators.contracts.contract import Column
from validators.rules.distinct_values import first_day, numbers
from validators.table import Table


def typed(table: Table, keep: np.ndarray) -> pd.DataFrame:
    """The kept rows with the contract's dtypes, and `row_number`;
    without the columns on request that the file has not. Every value has passed the rules."""
    rows = np.flatnonzero(keep)
    columns: dict[str, object] = {"row_number": table.row_number[rows]}
    for column in table.contract.columns:
        values = table.frame[column.name].array
        if column.on_request and not len(values.categories):
            continue
        columns[column.name] = _typed(column, values if keep.all() else values[rows])
    return pd.DataFrame(columns)


def _typed(column: Column, values: pd.Categorical) -> object:
    if column.dtype == "category":
        return values.remove_unused_categories()
    if not len(values.categories):
        return pd.Series(index=range(len(values)), dtype=column.dtype).array
    texts = pd.Series(values.categories, dtype="str")
    missing = values.codes < 0
    if column.dtype == "str":
        return pd.Series(pd.Categorical(values)).astype("str").array
    if column.dtype == "datetime64[s]":
        days = pd.Series([first_day(column, text) for text in [*texts, ""]], dtype="datetime64[s]")
        return days.array[values.codes]
    values_by_code = np.append(numbers(column, texts).to_numpy(), np.nan)[values.codes]
    if column.dtype == "Int64":
        whole = np.where(missing | np.isnan(values_by_code), 0, values_by_code).astype(np.int64)
        return pd.arrays.IntegerArray(whole, missing | np.isnan(values_by_code))
    return values_by_code
