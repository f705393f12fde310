"""The cells of a country's public tables, as they were known at a moment, and those of every earlier release."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from countries.country import Country
from countries.declarations.indicators import Indicator
from countries.declarations.public_tables import PublicTable
from countries.period import Period
from sql import warehouse
from sql.warehouse import FOLDER
from transforms.release.divisors import divisor_cells

TOTAL = "_T"
DIMENSIONS = ("area", "sex", "age_group", "scheme", "indicator")
"""Each cell has a code of every one of these; TOTAL for all together, and where its table lacks the dimension."""

_COLUMNS = ("table", "period", *DIMENSIONS, "count", "denominator", "lower", "upper", "completeness")

BOUND_STEPS = 100  # bounds are shown in whole percents
_HIDES = (
    10  # how many thresholds of persons one such step must hold, so that no small count shows through a bound
)


def public_cells(connection: Connection, country: Country, period: Period, moment: datetime) -> pd.DataFrame:
    """A row a cell of public tables and their divisor tables: `table`, `period`, DIMENSIONS, `count`; of indicators
    `denominator`, `lower`, `upper` (persons) and `completeness` too. `count` is empty where it is not known.
    """
    tables = [_of_table(connection, table, country, period, moment) for table in country.public_tables]
    cells = pd.concat(tables, ignore_index=True).reindex(columns=_COLUMNS)
    cells = pd.concat([cells, divisor_cells(cells, country.indicators)], ignore_index=True)
    return cells.astype({"count": "Int64"})


def _of_table(
    connection: Connection, table: PublicTable, country: Country, period: Period, moment: datetime
) -> pd.DataFrame:
    at = {"depth": country.depth(table.layer), "moment": moment}
    if table.measure == "numerator":
        counts = warehouse.read(connection, _query("indicator_counts"), period=period.key, **at)
        counts = counts.rename(columns={"lower_count": "lower", "upper_count": "upper"})
        absent = [name for name in DIMENSIONS if name not in table.dimensions and name != "scheme"]
        persons = [one.id for one in country.indicators if one.counts_persons and not _leaving(one)]
        kept = (counts[absent] == TOTAL).all(axis=1) & counts["indicator"].isin(persons)
        counts = counts[kept].assign(scheme=TOTAL)
    else:
        counts = warehouse.read(connection, _query("scheme_counts"), period_id=period.id, **at)
        counts = counts.assign(indicator=TOTAL, count=counts[table.measure]).dropna(subset="count")
        counts = _with_totals(counts[[*DIMENSIONS, "count"]], table)
    return counts.assign(table=table.id, period=period.key)


def _leaving(indicator: Indicator) -> bool:
    """Whether it counts who left a scheme: with who came and two months' persons, these would tie each month to the one
    before, and every release to all others. Whoever wants them declares a table by scheme, where the auditor knows it.
    """
    return indicator.numerator is not None and indicator.numerator.measure == "exits"


def _with_totals(counts: pd.DataFrame, table: PublicTable) -> pd.DataFrame:
    """Added up to the table's dimensions, with a total over each sex and age; schemes share persons and have none."""
    summed = [name for name in ("sex", "age_group") if name in table.dimensions]
    levels = [
        counts.assign(**{name: TOTAL for name in DIMENSIONS if name not in (*table.dimensions, "area")})
    ]
    for name in summed:
        # what does not tell it (TOTAL in a return) is part of the total alone
        levels = [
            made for level in levels for made in (level[level[name] != TOTAL], level.assign(**{name: TOTAL}))
        ]
    return pd.concat(levels).groupby(list(DIMENSIONS))["count"].sum().reset_index()


def earlier_cells(connection: Connection) -> pd.DataFrame:
    """The cells of all earlier releases: `release`, `table`, `period`, DIMENSIONS, `count`, `published`, `status`."""
    cells = warehouse.read(connection, _query("earlier_cells"))
    return cells.astype({"count": "int64", "published": "Int64"})


def areas(connection: Connection, country: Country, period: Period) -> pd.DataFrame:
    """`code`, `parent` (empty for the root), `layer` and `names` of the areas that public tables can show."""
    depth = max((country.depth(table.layer) for table in country.public_tables), default=0)
    return warehouse.read(connection, _query("areas"), period_id=period.id, depth=depth)


def with_bounds(cells: pd.DataFrame, country: Country) -> pd.DataFrame:
    """`lower_bound` and `upper_bound` of the cells whose count is not known: fractions, rounded outwards to whole
    percents; empty where a percent is so few persons that a small count could show through.
    """
    threshold = max((table.threshold for table in country.public_tables), default=1)
    wide = cells["count"].isna() & (cells["denominator"] >= threshold * _HIDES * BOUND_STEPS)
    share = (
        cells[["lower", "upper"]].astype(float).div(cells["denominator"].astype(float), axis=0) * BOUND_STEPS
    )
    return cells.assign(
        lower_bound=(np.floor(share["lower"].round(9)) / BOUND_STEPS).where(wide),
        upper_bound=(np.ceil(share["upper"].round(9)) / BOUND_STEPS).where(wide),
    )


def _query(name: str) -> str:
    return (FOLDER / "release" / f"{name}.sql").read_text(encoding="utf-8")
