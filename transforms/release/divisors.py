"""The persons by whom released sums are divided, where returns state them. They are as secret as what they divide, so
they are protected and audited beside it, as cells of a table of their own that nobody is shown."""

from __future__ import annotations

import pandas as pd

from countries.declarations.indicators import Indicator
from countries.declarations.public_tables import PublicTable

MEASURE = "divisor"
SUFFIX = "/divisor"
"""Of the name of such a table, after that of the table whose denominators it has."""


def with_divisor_tables(tables: tuple[PublicTable, ...]) -> tuple[PublicTable, ...]:
    """The tables, and beside each by indicator the one of its divisors, under the same rule."""
    beside = (
        table.model_copy(update={"id": table.id + SUFFIX, "measure": MEASURE})
        for table in tables
        if table.measure == "numerator"
    )
    return (*tables, *beside)


def divisor_cells(cells: pd.DataFrame, indicators: tuple[Indicator, ...]) -> pd.DataFrame:
    """The denominators of cells, counted as cells; of those indicators alone whose returns state them."""
    divided = [one.id for one in indicators if one.divisor]
    stated = cells[cells["indicator"].isin(divided) & cells["denominator"].notna()]
    return stated.assign(
        table=stated["table"] + SUFFIX, count=stated["denominator"], denominator=None, lower=None, upper=None
    )


def without_divisors(
    figures: pd.DataFrame, indicators: tuple[Indicator, ...]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The figures of public tables, each denominator as it may be shown (empty where it is held back), and apart from
    them the divisors, under the table and key of what they divide."""
    beside = figures["table"].str.endswith(SUFFIX)
    shown, divisors = figures[~beside].reset_index(drop=True), figures[beside]
    divisors = divisors.assign(table=divisors["table"].str.removesuffix(SUFFIX))
    stated = shown[["table", "key"]].merge(
        divisors[["table", "key", "published"]], how="left", on=["table", "key"], validate="one_to_one"
    )
    divided = shown["indicator"].isin([one.id for one in indicators if one.divisor])
    denominator = pd.to_numeric(shown["denominator"]).astype("Int64")
    return shown.assign(denominator=denominator.mask(divided, stated["published"].astype("Int64"))), divisors
