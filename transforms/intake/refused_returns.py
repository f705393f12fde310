"""Returns of a file that its sender may not file, by the warehouse's one rule (sql/functions/filing)."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from countries.period import Period
from sql import warehouse
from transforms.intake.file_keys import FileKeys, array
from transforms.intake.line_tables import LINE_TABLES
from validators.categories import groups

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
    good, subject = keys.verdict.good, LINE_TABLES[keys.contract.dataset].subject
    names = [keys.period_column, "area_code", *([subject] if subject in good else [])]
    _, first = groups([good[name].astype("category").array for name in names])
    returns = good[names].iloc[first].reset_index(drop=True)
    numbers = _numbers(returns, keys, subject)
    arrays = {name: array(numbers[name]) for name in ("areas", "schemes", "administrators")}
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
    own = pd.MultiIndex.from_frame(numbers[["periods", "areas", "subjects"]].astype("int64"))
    reason[own.isin(pd.MultiIndex.from_frame(standing.astype("int64")))] = "filed_by_others"
    reason.iloc[refused["position"].to_numpy(dtype="int64")] = refused["reason"].to_numpy()
    return returns.assign(reason=reason).dropna(subset="reason")


def _numbers(returns: pd.DataFrame, keys: FileKeys, subject: str | None) -> pd.DataFrame:
    """The warehouse's numbers of each return: periods, areas, schemes, administrators, subjects (0: about none)."""
    periods = returns.iloc[:, 0].astype("str")
    areas = np.zeros(len(returns), dtype="int32")
    for period in periods.unique():
        of_period = (periods == period).to_numpy()
        areas[of_period] = keys.data.keys.of_areas(returns.loc[of_period, "area_code"], Period.parse(period))
    subjects = (
        keys.data.keys.of(subject, returns[subject])
        if subject and subject in returns
        else np.zeros_like(areas)
    )
    return pd.DataFrame(
        {
            "periods": periods.map(lambda key: Period.parse(key).id),
            "areas": areas,
            "schemes": subjects if subject == "scheme" else 0,
            "administrators": subjects if subject == "administrator" else 0,
            "subjects": subjects,
        }
    )
