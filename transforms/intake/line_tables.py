"""Where the lines of each dataset are stored, and how each stored column is made of the file's."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from transforms.intake.surrogate_keys import SurrogateKeys
from validators.contracts.contract import TOTAL, contract

AXES = tuple(column.name for column in contract("flash_reports").typed("percent"))


@dataclass(frozen=True)
class LineTable:
    """`table` holds a dataset's lines, a row each; `period` is the column that dates them.

    `keep`: columns stored as they are. `derive`: stored column → its values from a file's rows (shape (rows,)).
    `by_period`: the table is partitioned by period. `compiled`: figures of its own period are made of it.
    `measures`: every count and amount of the contract is stored in the column of its name.
    `group_table`: holds the lines by population group, apart from those whose persons they restate.
    """

    table: str
    period: str
    keep: tuple[str, ...]
    derive: dict[str, Callable[[pd.DataFrame, SurrogateKeys], pd.Series | np.ndarray]] = field(
        default_factory=dict
    )
    by_period: bool = False
    group_table: str | None = None
    measures: bool = False
    compiled: bool = True


def _age_group(rows: pd.DataFrame, keys: SurrogateKeys) -> np.ndarray:
    return keys.of("age_group", rows["age_group"])


def _disability(rows: pd.DataFrame, keys: SurrogateKeys) -> pd.Series:
    """T where the return does not tell persons with a disability apart."""
    return rows["disability"].astype("category").cat.add_categories("T").fillna("T")


def _needs_layer(rows: pd.DataFrame, keys: SurrogateKeys) -> pd.Series:
    return rows["needs_layer"].astype("object").map(keys.others["layer"]).astype("Int16")


def _origin(rows: pd.DataFrame, keys: SurrogateKeys) -> pd.Series:
    return rows["origin"].astype("object").fillna("own")


def _sources(rows: pd.DataFrame, keys: SurrogateKeys) -> pd.Series:
    """Numbers of lines of other flash reports, as Postgres writes an array; missing where there are none."""
    numbers = (
        rows["sources"]
        .astype("object")
        .map(lambda text: re.findall(r"\b\d{1,9}\b", text), na_action="ignore")
    )
    return numbers.map(lambda ids: f"{{{','.join(ids)}}}" if ids else None, na_action="ignore")


def _sex_or_all(rows: pd.DataFrame, keys: SurrogateKeys) -> pd.Series:
    return rows["sex"].astype("str").replace(TOTAL, "T")


LINE_TABLES = {
    "scheme_returns": LineTable(
        "core.scheme_line",
        period="period",
        keep=("sex",),
        measures=True,
        derive={"age_group_id": _age_group, "disability": _disability},
        by_period=True,
        group_table="core.group_line",
    ),
    "population": LineTable(
        "core.population_line",
        period="year",
        keep=("sex", "population", "status", "source"),
        derive={"age_group_id": _age_group},
        compiled=False,  # other periods divide by it (transforms/denominators.py)
    ),
    "flash_reports": LineTable("core.flash_line", period="week", keep=AXES),
    "flash_items": LineTable(
        "core.flash_item",
        period="week",
        keep=("kind", "text", "due", "stays_because"),
        derive={"needs_layer_id": _needs_layer, "origin": _origin, "sources": _sources},
    ),
    "grievances": LineTable(
        "core.grievance_line",
        period="period",
        keep=("category", "sex", "received", "resolved", "escalated", "pending", "median_days", "channel"),
    ),
    "beneficiary_list": LineTable(
        "core.beneficiary_line",
        period="period",
        keep=("sex", "birth_year", "amount_paid"),
        derive={"disability": _disability},
    ),
    "targets": LineTable(
        "core.target_line",
        period="year",
        keep=("kind", "value", "cost", "responsible"),
        derive={"sex": _sex_or_all},
        compiled=False,
    ),
    "allocations": LineTable("core.allocation_line", period="period", keep=("amount",), compiled=False),
    "control_totals": LineTable(
        "core.control_line",
        period="period",
        keep=(),
        derive={"sex": _sex_or_all},
        measures=True,
        compiled=False,
    ),
}
