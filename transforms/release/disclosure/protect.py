"""What is shown of the public tables."""

from __future__ import annotations

import numpy as np
import pandas as pd

from countries.declarations.indicators import Indicator
from countries.declarations.public_tables import PublicTable
from transforms.release.disclosure.audit import protected
from transforms.release.disclosure.complement import Complement
from transforms.release.disclosure.released import Released
from transforms.release.disclosure.rounding import rounded


def protect(
    cells: pd.DataFrame,
    earlier: pd.DataFrame,
    areas: pd.DataFrame,
    tables: tuple[PublicTable, ...],
    indicators: tuple[Indicator, ...] = (),
) -> pd.DataFrame:
    """The cells with `published` and `status`. `indicators` says of which schemes each is made."""
    first = _by_themselves(cells, earlier, areas, tables)
    released = Released.of(first, earlier, areas, tables, indicators)
    unknown = released.equations.unknown
    hidden = np.zeros(len(released.equations.count), bool)
    hidden[unknown[released.suppressible & released.secret]] = True
    hidden = Complement(released, hidden, *protected(released)).complete()
    suppressed = (hidden[unknown] & released.suppressible)[released.present]
    return first.assign(
        published=first["published"].mask(suppressed),
        status=first["status"].mask(suppressed, "Q"),
    )


def _by_themselves(
    cells: pd.DataFrame, earlier: pd.DataFrame, areas: pd.DataFrame, tables: tuple[PublicTable, ...]
) -> pd.DataFrame:
    """The cells as they stand, those of rounded tables rounded."""
    first = cells.assign(published=cells["count"].astype("Int64"), status="A")
    for table in tables:
        rows = (cells["table"] == table.id).to_numpy()
        if table.method == "round" and rows.any():
            published, status = rounded(cells[rows], earlier, areas, table)
            first.loc[rows, "published"] = published
            first.loc[rows, "status"] = status
    return first
