"""The distinct values that row rules look at: for each column its distinct texts, and beside them what each text means.

`beneficiaries` holds the texts, `beneficiaries.value` the numbers; `area_code.recognised` is 1 for an area of
the country and 0 for none; the value of a period or date is the number of its first day. A missing value
is one of the texts.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from validators.contracts.contract import Column, Contract
from validators.dates import parsed
from validators.reference import Reference


def distinct_texts(contract: Contract, frames: Sequence[pd.DataFrame]) -> dict[str, pd.Series]:
    """Column → its distinct texts in one or more frames, with a missing value last where there is any.

    A column without any value is left out unless it is required.
    """
    distinct = {}
    for column in contract.columns:
        values = [frame[column.name].array for frame in frames]
        texts = values[0].categories
        for more in values[1:]:
            texts = texts.union(more.categories, sort=False)
        missing = [None] if any((column.codes < 0).any() for column in values) else []
        if column.required or len(texts):
            distinct[column.name] = pd.Series([*texts.tolist(), *missing], dtype="str")
    return distinct


def distinct_values(
    contract: Contract, texts: Mapping[str, pd.Series], reference: Reference
) -> dict[str, pd.Series]:
    """The distinct texts of each column, and beside them what they mean, place by place."""
    series_by_name = dict(texts)
    for name, column_texts in texts.items():
        series_by_name |= _meanings(contract.column(name), column_texts, reference)
    return series_by_name


def numbers(column: Column, texts: pd.Series) -> pd.Series:
    """The number each text of a numeric column stands for; NaN where it is none."""
    fits = texts.str.fullmatch(column.pattern or r"-?[0-9]+(?:\.[0-9]+)?").fillna(False).astype(bool)
    return pd.to_numeric(texts.where(fits), errors="coerce").astype("float64")


def _meanings(column: Column, texts: pd.Series, reference: Reference) -> Mapping[str, pd.Series]:
    name = column.name
    if column.numeric:
        return {f"{name}.value": numbers(column, texts)}
    if column.type == "area":
        listed = pd.Series([float(text in reference.codes) for text in texts])
        return {f"{name}.recognised": listed.where(texts.notna())}
    if column.type in ("period", "date"):
        first = [None if pd.isna(text) else first_day(column, text) for text in texts]
        days = pd.Series([None if day is None else day.toordinal() for day in first], dtype="float64")
        recognised = days.notna().astype("float64").where(texts.notna())
        return {f"{name}.recognised": recognised, f"{name}.value": days}
    return {}


def first_day(column: Column, text: str) -> date | None:
    """The first day of a period, or the day of a date; None where the text is neither."""
    if column.type == "period":
        period = parsed(text)
        return period.starts_on if period and period.kind in column.kinds else None
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None
