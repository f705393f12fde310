"""Rules between the rows of a file: no line twice, and no total added to its parts (totals.py has those that agree)."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from validators.categories import combined, groups
from validators.contracts.contract import Contract
from validators.reference import Reference
from validators.rules.cross_field_rules import Breach
from validators.rules.distinct_values import numbers
from validators.rules.totals import control_lines, is_total, sums_sexes

SHOWN = 10
"""Row numbers named in one message."""


def duplicate_breaches(
    contract: Contract, frame: pd.DataFrame, row_number: np.ndarray, reference: Reference
) -> Iterator[Breach]:
    """What the rows of one file break among themselves. `places` are rows of `frame`."""
    yield from _duplicates(contract, frame, row_number)
    control = control_lines(contract, frame)
    if sums_sexes(contract):
        yield from _totals_without_parts(contract, frame, control)
    if "age_group" in contract.names:
        of_all = is_total(frame, "age_group")
        yield from _mixed("total_and_groups", "age_group", frame, contract, of_all, control)
    if "channel" in contract.line_key and contract.counted:
        yield _total_over_channels(contract, frame, contract.counted, reference)
    if "disability" in contract.line_key:
        of_all = frame["disability"].array.codes < 0
        yield from _mixed("total_and_parts", "disability", frame, contract, of_all, control)


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


def _totals_without_parts(contract: Contract, frame: pd.DataFrame, control: np.ndarray) -> Iterator[Breach]:
    """A total over the sexes of which the return gives no part."""
    places = np.flatnonzero(is_total(frame, "sex") & ~control)
    choices: dict[str, Any] = {"choices": ", ".join(contract.typed("sex")[0].choices)}
    yield Breach("unlisted", "sex", places, [choices] * len(places))


def _total_over_channels(
    contract: Contract, frame: pd.DataFrame, counted: str, reference: Reference
) -> Breach:
    """Lines without a channel that count as many as those with channels beside them."""
    together = frame["channel"].array.codes < 0
    of_line, first = groups([frame[name].array for name in contract.line_key if name != "channel"])
    column = frame[counted].array
    by_code = numbers(contract.column(counted), pd.Series(column.categories, dtype="str"))
    counts = np.nan_to_num(np.append(by_code, np.nan)[column.codes])
    parts = np.bincount(of_line, weights=np.where(together, 0, counts), minlength=len(first))[of_line]
    places = np.flatnonzero(together & (counts > 0) & (counts == parts))
    areas = frame["area_code"].array[places]
    params = [
        {"area": reference.name(str(area)), "value": int(counts[place])}
        for area, place in zip(areas, places, strict=True)
    ]
    return Breach("total_and_channels", "channel", places, params)


def _mixed(
    rule: str, column: str, frame: pd.DataFrame, contract: Contract, total: np.ndarray, control: np.ndarray
) -> Iterator[Breach]:
    """A total and parts of it side by side, where everything else in the key is equal; controls stand apart."""
    total = total & ~control
    if not total.any() or total.all():
        return
    beside = [name for name in contract.line_key if name not in ({column, "disability"})]
    group, first = groups([frame[name].array for name in beside])
    some_total = np.bincount(group, weights=total, minlength=len(first)) > 0
    some_parts = (
        np.bincount(group, weights=_is_part(column, frame, total) & ~control, minlength=len(first)) > 0
    )
    places = np.flatnonzero((some_total & some_parts)[group] & ~control)
    if len(places):
        no_params: dict[str, Any] = {}
        yield Breach(rule, column, places, [no_params] * len(places))


def _is_part(column: str, frame: pd.DataFrame, total: np.ndarray) -> np.ndarray:
    if column == "disability":
        return ~total
    return ~total & (frame[column].array.codes >= 0)
