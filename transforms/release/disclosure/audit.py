"""The auditor of releases."""

from __future__ import annotations

import pandas as pd

from countries.declarations.indicators import Indicator
from countries.declarations.public_tables import PublicTable
from transforms.release.disclosure.exposure import Exposure
from transforms.release.disclosure.small import small


def audit(
    cells: pd.DataFrame,
    earlier: pd.DataFrame,
    areas: pd.DataFrame,
    tables: tuple[PublicTable, ...],
    indicators: tuple[Indicator, ...] = (),
) -> list[Exposure]:
    """The cells of which too much can be worked out from everything released; empty where the release is safe.

    `indicators` says of which schemes each is made: what links the cells of indicators to those of schemes.
    """
    shown = cells[small(cells, tables) & cells["published"].notna() & (cells["status"] == "A")]
    required = {table.id: table.threshold for table in tables}
    found = shown[list(Exposure._fields[:7])].assign(
        low=shown["count"], high=shown["count"], required=shown["table"].map(required)
    )
    return [Exposure(*row) for row in found.to_numpy().tolist()]
