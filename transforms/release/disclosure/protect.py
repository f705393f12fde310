"""What is shown of the public tables."""

from __future__ import annotations

import pandas as pd

from countries.declarations.indicators import Indicator
from countries.declarations.public_tables import PublicTable
from transforms.release.disclosure.small import small


def protect(
    cells: pd.DataFrame,
    earlier: pd.DataFrame,
    areas: pd.DataFrame,
    tables: tuple[PublicTable, ...],
    indicators: tuple[Indicator, ...] = (),
) -> pd.DataFrame:
    """The cells with `published` and `status`. `indicators` says of which schemes each is made."""
    secret = small(cells, tables)
    return cells.assign(
        published=cells["count"].astype("Int64").mask(secret),
        status=secret.map({True: "Q", False: "A"}),
    )
