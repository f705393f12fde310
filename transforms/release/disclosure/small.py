"""Small counts: those that the rule of their table keeps secret."""

from __future__ import annotations

import pandas as pd

from countries.declarations.public_tables import PublicTable


def small(cells: pd.DataFrame, tables: tuple[PublicTable, ...]) -> pd.Series:
    """Whether the rule of a cell's table keeps its count secret: one bool a cell."""
    thresholds = cells["table"].map({table.id: table.threshold for table in tables})
    least = cells["table"].map({table.id: 0 if table.zeros else 1 for table in tables})
    return (cells["count"] < thresholds) & (cells["count"] >= least)
