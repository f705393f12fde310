"""A header that stands in a table once more: files were put one behind the other, or a page's head was copied along."""

from dataclasses import replace

import numpy as np

from transforms.intake.read import header
from transforms.intake.read.raw_table import RawTable
from validators.unreadable import Unreadable

DISTINCT = 50_000
"""A column with more texts than that is passed over: it holds persons or texts, and the others tell as well."""


def without_repeated_headers(table: RawTable) -> RawTable:
    """The table without rows that repeat its header.

    Raises `Unreadable` for a row that names other columns, or in another order: what follows stands under other names.
    """
    names = np.zeros(len(table.row_number), dtype=np.int64)
    for column in table.columns:
        if len(column.categories) <= DISTINCT:
            named = np.array([header.is_name(text) for text in column.categories] + [0])
            names += named[column.codes]
    places = np.flatnonzero(names >= header.LEAST)
    repeated = []
    for place in places:
        cells = ["" if column.codes[place] < 0 else str(column[place]) for column in table.columns]
        if not header.is_header(cells):
            continue
        if list(map(header.plain, cells)) != list(map(header.plain, table.header)):
            raise Unreadable("second_header", row=int(table.row_number[place]))
        repeated.append(place)
    if not repeated:
        return table
    kept = np.delete(np.arange(len(table.row_number)), repeated)
    rows = ", ".join(str(table.row_number[place]) for place in repeated)
    return replace(
        table,
        columns=[column[kept] for column in table.columns],
        row_number=table.row_number[kept],
        notes=table.notes | {"repeated headers": f"rows {rows}"},
        faults=tuple(fault for fault in table.faults if fault.row_number not in table.row_number[repeated]),
    )
