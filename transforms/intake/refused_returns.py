"""Returns of a file that its sender may not file, by the warehouse's one rule (sql/functions/filing)."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection

from sql import warehouse
from transforms.intake.file_keys import FileKeys, array
from validators.categories import groups
from validators.contracts.contract import SUBJECTS

REFUSED = """
    SELECT position - 1 AS position, reason
    FROM core.refused(
        :dataset, CAST(:areas AS integer[]), CAST(:schemes AS smallint[]), CAST(:administrators AS smallint[]))
"""
OF_OTHERS = """
    SELECT period_id, area_id, subject_id
    FROM core.returns_of_others(:dataset, CAST(:periods AS integer[]), CAST(:areas AS integer[]))
"""


def refused_returns(connection: Connection, keys: FileKeys) -> pd.DataFrame:
    """Of the returns in a file those that the connection's person may not file: their period, area_code and what they
    are about, each in the column of the contract, and `reason`, a rule of `validators/rules.yaml`.
    """
    good, subject_column = keys.verdict.good, keys.contract.subject
    names = [keys.period_column, "area_code", *([subject_column] if subject_column else [])]
    _, first = groups([good[name].astype("category").array for name in names])
    returns = good[names].iloc[first].reset_index(drop=True)
    numbers = keys.data.keys.of_returns(returns, keys.period_column, subject_column)
    arrays = {f"{name}s": array(numbers[f"{name}_id"]) for name in ("area", "scheme", "administrator")}
    refused = warehouse.read(connection, REFUSED, dataset=keys.contract.dataset, **arrays)
    reason = pd.Series(pd.NA, index=returns.index, dtype="object")
    params = keys.params
    standing = warehouse.read(
        connection,
        OF_OTHERS,
        dataset=keys.contract.dataset,
        periods=params["periods"],
        areas=None if params["everywhere"] else params["areas"],
    )
    subjects = numbers[[f"{subject}_id" for subject in SUBJECTS]].sum(axis=1)
    own = pd.MultiIndex.from_frame(
        numbers[["period_id", "area_id"]].assign(subject_id=subjects).astype("int64")
    )
    reason[own.isin(pd.MultiIndex.from_frame(standing.astype("int64")))] = "filed_by_others"
    reason.iloc[refused["position"].to_numpy(dtype="int64")] = refused["reason"].to_numpy()
    return returns.assign(reason=reason).dropna(subset="reason")
