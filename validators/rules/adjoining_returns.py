"""Rejected rows with a blank or unknown area, period or scheme: to which return they seem to belong.

A cell merged over two rows leaves the second one blank. Without this its sister row would stand as the whole return.
"""

import numpy as np
import pandas as pd

from validators.categories import combined
from validators.contracts.contract import Contract
from validators.reference import Reference
from validators.rules.cross_field_rules import Breach
from validators.table import Table

NOT_KNOWN = ("required", "malformed", "unlisted", "doubtful_code")
"""Rules by which an area, a period or a scheme is none."""


def adjoining_rows(table: Table, problems: pd.DataFrame) -> np.ndarray:
    """For each row the place of the row to whose return it seems to belong, -1 where there is none such, shape (rows,).

    Such a row is refused for nothing but what names its return; it follows a row whose return agrees with it in the
    rest, and which has no such line.
    """
    contract, frame = table.contract, table.frame
    belongs = np.full(len(frame), -1, dtype=np.int64)
    refused = problems[problems["severity"] == "reject"].dropna(subset=["row_number"])
    at_key = refused["column"].isin(contract.return_key) & refused["rule"].isin(NOT_KNOWN)
    rows = np.setdiff1d(refused.loc[at_key, "row_number"], refused.loc[~at_key, "row_number"]).astype(
        np.int64
    )
    stray = np.isin(table.row_number, rows)
    if not stray.any():
        return belongs
    before = np.maximum.accumulate(np.where(stray, -1, np.arange(len(frame))))
    stray &= before >= 0
    codes = {name: frame[name].array.codes.astype(np.int64) for name in contract.line_key}
    agrees = stray.copy()
    for name in contract.return_key:
        at_column = refused.loc[refused["column"] == name, "row_number"].astype(np.int64)
        broken = np.isin(table.row_number, at_column)
        agrees &= broken | (codes[name] == codes[name][before])
        codes[name] = np.where(stray & broken, codes[name][before], codes[name])
    line = pd.Series(combined(_recoded(contract, frame, codes)))
    fits = agrees & ~line.duplicated(keep=False).to_numpy()
    belongs[fits] = before[fits]
    return belongs


def _recoded(contract: Contract, frame: pd.DataFrame, codes: dict[str, np.ndarray]) -> list[pd.Categorical]:
    return [
        pd.Categorical.from_codes(codes[name], categories=frame[name].array.categories)
        for name in contract.line_key
    ]


def adjoining_breach(table: Table, belongs: np.ndarray, reference: Reference) -> Breach:
    """One problem for each row that seems to belong to a return, which thereby is partial."""
    places = np.flatnonzero(belongs >= 0)
    areas = table.frame["area_code"].array[belongs[places]]
    return Breach("adjoining_return", None, places, [{"area": reference.name(str(area))} for area in areas])
