"""Rules between the rows of a file: no line twice, and no total beside its parts."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from validators.categories import combined, groups
from validators.contracts.contract import TOTAL, Contract
from validators.rules.cross_field_rules import Breach
from validators.rules.distinct_values import numbers

SHOWN = 10
"""Row numbers named in one message."""


def duplicate_breaches(contract: Contract, frame: pd.DataFrame, row_number: np.ndarray) -> Iterator[Breach]:
    """What the rows of one file break among themselves. `places` are rows of `frame`."""
    yield from _duplicates(contract, frame, row_number)
    if sums_sexes(contract):
        yield from _totals_of_sexes(contract, frame)
    if "age_group" in contract.names:
        yield from _mixed(
            "total_and_groups", "age_group", frame, contract, _is_total(frame["age_group"].array)
        )
    if "disability" in contract.line_key:
        yield from _mixed(
            "total_and_parts", "disability", frame, contract, frame["disability"].array.codes < 0
        )


def _duplicates(contract: Contract, frame: pd.DataFrame, row_number: np.ndarray) -> Iterator[Breach]:
    """The same line twice: both are refused, since either may be the right one."""
    key = pd.Series(combined([frame[name].array for name in contract.line_key]))
    twice = key.duplicated(keep=False).to_numpy()
    for name in set(contract.line_key) & set(contract.required):
        twice = twice & (frame[name].array.codes >= 0)
    places = np.flatnonzero(twice)
    if len(places):
        shared = {
            value: {"rows": ", ".join(str(row_number[place]) for place in group[:SHOWN])}
            for value, group in pd.Series(places).groupby(key[places].to_numpy())
        }
        yield Breach("duplicate_line", None, places, [shared[value] for value in key[places]])


def sums_sexes(contract: Contract) -> bool:
    """Whether a line over all sexes would be counted twice. Where the contract allows one, it is a figure."""
    return contract.counted is not None and any(not column.total for column in contract.typed("sex"))


def _totals_of_sexes(contract: Contract, frame: pd.DataFrame) -> Iterator[Breach]:
    """A reported total over the sexes, beside what the lines of the sexes come to."""
    total = _is_total(frame["sex"].array)
    places = np.flatnonzero(total)
    if not len(places) or contract.counted is None:
        return
    counted = frame[contract.counted].array
    texts = pd.Series(counted.categories, dtype="str")
    values = np.append(numbers(contract.column(contract.counted), texts).to_numpy(), np.nan)[counted.codes]
    group, first = groups([frame[name].array for name in contract.line_key if name != "sex"])
    parts = np.bincount(group, weights=np.where(total, 0, np.nan_to_num(values)), minlength=len(first))
    beside = np.bincount(group, weights=~total, minlength=len(first))[group[places]] > 0
    params: list[dict[str, Any]] = [
        {"value": texts[code] if code >= 0 else "", "total": float(parts[group[place]])}
        for place, code in zip(places, counted.codes[places], strict=True)
    ]
    yield Breach(
        "total_of_sexes", "sex", places[beside], [p for p, b in zip(params, beside, strict=True) if b]
    )
    alone = places[~beside]
    choices: dict[str, Any] = {"choices": ", ".join(contract.typed("sex")[0].choices)}
    yield Breach("unlisted", "sex", alone, [choices] * len(alone))


def _mixed(
    rule: str, column: str, frame: pd.DataFrame, contract: Contract, total: np.ndarray
) -> Iterator[Breach]:
    """A total and parts of it side by side, where everything else in the key is equal."""
    if not total.any() or total.all():
        return
    beside = [name for name in contract.line_key if name not in ({column, "disability"})]
    group, first = groups([frame[name].array for name in beside])
    some_total = np.bincount(group, weights=total, minlength=len(first)) > 0
    some_parts = np.bincount(group, weights=_is_part(column, frame, total), minlength=len(first)) > 0
    places = np.flatnonzero((some_total & some_parts)[group])
    if len(places):
        no_params: dict[str, Any] = {}
        yield Breach(rule, column, places, [no_params] * len(places))


def _is_total(column: pd.Categorical) -> np.ndarray:
    return np.asarray(column == TOTAL)


def _is_part(column: str, frame: pd.DataFrame, total: np.ndarray) -> np.ndarray:
    if column == "disability":
        return ~total
    return ~total & (frame[column].array.codes >= 0)
