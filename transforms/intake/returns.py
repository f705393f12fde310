"""The returns in a file: its rows taken together by period, area and subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from transforms.intake.line_tables import LineTable
from transforms.intake.surrogate_keys import SurrogateKeys
from validators.contracts.contract import SUBJECTS, contract
from validators.rules.marks import return_marks
from validators.rules.returns import key_texts, persons_once
from validators.verdict import Verdict


@dataclass(frozen=True)
class Returns:
    """`frame`: a row a return, with position (from 0), period_id, area_id, scheme_id, indicator_id,
    administrator_id (0 where it is about none), partial, zero, lines, total, mark.

    `of_row`: the position of each row's return, shape (rows,). `period_id`: each row's, likewise.
    """

    frame: pd.DataFrame
    of_row: np.ndarray
    period_id: np.ndarray


def returns(verdict: Verdict, lines: LineTable, keys: SurrogateKeys) -> Returns:
    """The returns of a verdict's good rows."""
    rows = verdict.good
    row_keys = keys.of_returns(rows, lines.period, contract(verdict.dataset).subject)
    first, of_row = _grouped(_combined(row_keys))
    frame = row_keys.iloc[first].assign(
        position=np.arange(len(first)),
        partial=_partial(verdict, rows, first),
        zero=_zero(rows, of_row, len(first)),
        lines=np.bincount(of_row, minlength=len(first)),
        total=_total(verdict, rows, of_row, len(first)),
        mark=return_marks(verdict.marks, of_row, len(first)),
    )
    return Returns(frame, of_row, row_keys["period_id"].to_numpy())


def _combined(keys: pd.DataFrame) -> np.ndarray:
    """One number for each return; numbers of what it is about fit 12 bits, area numbers 28, periods 22."""
    return (
        (keys["period_id"].to_numpy(dtype="int64") << 40)
        | (keys["area_id"].to_numpy(dtype="int64") << 12)
        | keys[[f"{subject}_id" for subject in SUBJECTS]].to_numpy(dtype="int64").sum(axis=1)
    )


def _grouped(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each key in order its first row, and for each row the place of its key: np.unique without sorting rows."""
    codes, distinct = pd.factorize(keys)
    order = np.argsort(distinct)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    first = np.flatnonzero(~pd.Series(codes).duplicated().to_numpy())
    return first[order], place[codes]


def _partial(verdict: Verdict, rows: pd.DataFrame, first: np.ndarray) -> np.ndarray:
    """Which returns lost a line to a rejection."""
    if verdict.partial_returns.empty:
        return np.zeros(len(first), dtype=bool)
    names = list(contract(verdict.dataset).return_key)
    accepted = pd.MultiIndex.from_frame(key_texts(rows.iloc[first], names))
    return accepted.isin(pd.MultiIndex.from_frame(verdict.partial_returns[names].astype(str)))


def _zero(rows: pd.DataFrame, of_row: np.ndarray, count: int) -> np.ndarray:
    """Which returns were filed and count nobody: not the same as missing."""
    if "beneficiaries" not in rows:
        return np.zeros(count, dtype=bool)
    return np.bincount(of_row, weights=persons_once(rows, "beneficiaries"), minlength=count) == 0


def _total(verdict: Verdict, rows: pd.DataFrame, of_row: np.ndarray, count: int) -> Any:
    """What each return adds up to, of what its dataset counts; None where it counts nothing."""
    counted = contract(verdict.dataset).counted
    if counted is None:
        return None
    return np.bincount(of_row, weights=persons_once(rows, counted), minlength=count).astype("int64")
