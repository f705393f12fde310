"""A published table with titles and words of its own becomes rows of a contract, as the country folder says under
`exchange: tables`. What it does not name stays as it is, and is judged like any value.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

from countries.declarations.exchange import PublishedTable
from countries.model import Country
from transforms.intake.read import header, limits
from transforms.intake.read.raw_table import RawTable
from validators.categories import missing, recode
from validators.contracts.contract import contracts
from validators.country_rules import refuse_unsound
from validators.unreadable import Unreadable


def titles(country: Country) -> header.Published:
    """The titles of each table that the country names, by which its header is found below what stands above."""
    return {
        _titles(table): frozenset(map(header.plain, (*table.columns, *table.measures)))
        for table in country.exchange.tables.values()
    }


def _titles(table: PublishedTable) -> tuple[str, ...]:
    return header.titles_of(table.titles)


def mapped(raw: RawTable, country: Country) -> RawTable:
    """The table in the columns of its dataset where the country names its titles, and otherwise as it is.

    A row makes a line for each measure. Where there are several, lines are numbered through from 2, as in the annotated
    file: the number of a row would not tell its lines apart. Raises `CountryError` where the country names what there
    is not, and `Unreadable` for too many lines.
    """
    given = [header.plain(title) for title in raw.header]
    for name, table in country.exchange.tables.items():
        if tuple(sorted(given)) == _titles(table):
            refuse_unsound(country.folder)
            return _in_columns(raw, dict(zip(given, raw.columns, strict=True)), table, name)
    return raw


def _in_columns(
    raw: RawTable, under: Mapping[str, pd.Categorical], table: PublishedTable, name: str
) -> RawTable:
    length = len(raw.row_number)
    kept = np.ones(length, dtype=bool)
    shared = {column: _constant(value, length) for column, value in table.row.items()}
    for title, column in table.columns.items():
        texts = under[header.plain(title)]
        translations = table.values.get(column, {})
        values = [translations.get(text.strip(), text) for text in texts.categories]
        kept &= ~np.array([*(value is None for value in values), False])[texts.codes]
        shared[column] = recode(texts, values)
    blocks = [
        shared
        | {column: _constant(value, length) for column, value in measure.row.items()}
        | {measure.column: under[header.plain(title)]}
        for title, measure in table.measures.items()
    ] or [shared]
    if kept.sum() * len(blocks) > limits.ROWS:
        raise Unreadable("too_many_rows", limit=limits.ROWS)
    places = np.flatnonzero(kept)
    order = np.argsort(np.tile(places, len(blocks)), kind="stable")
    columns = {
        column: union_categoricals([block.get(column, missing(length))[places] for block in blocks])[order]
        for column in contracts()[table.dataset].names
    }
    rows = np.tile(raw.row_number[places], len(blocks))[order]
    numbers = rows if len(blocks) == 1 else np.arange(2, len(rows) + 2)
    notes = {"format": name} | ({"lines of a row": str(len(blocks))} if len(blocks) > 1 else {})
    if not kept.all():
        notes["left out"] = f"rows {', '.join(map(str, raw.row_number[~kept]))}"
    named = {header.plain(title): column for title, column in table.columns.items()}
    named |= {header.plain(title): measure.column for title, measure in table.measures.items()}
    return replace(
        raw,
        header=tuple(columns),
        columns=list(columns.values()),
        row_number=numbers,
        notes=raw.notes | notes,
        faults=tuple(
            replace(fault, row_number=number, column=fault.column and named.get(header.plain(fault.column)))
            for fault in raw.faults
            for number in ([None] if fault.row_number is None else numbers[rows == fault.row_number].tolist())
        ),
    )


def _constant(value: str, length: int) -> pd.Categorical:
    return pd.Categorical.from_codes(
        np.zeros(length, dtype=np.int8), categories=pd.Index([value], dtype="str")
    )
