"""A file becomes a table: from bytes in whatever form an office produces to a contract's columns as clean
texts.

Content decides, never the file's name. Beyond encoding and delimiter nothing is guessed.
"""

import numpy as np
import pandas as pd

from countries.model import Country
from transforms.intake.read import (
    adx,
    archive,
    delimited,
    dhis2,
    encoding,
    exchange,
    header,
    limits,
    workbook,
)
from transforms.intake.read.raw_table import RawTable
from validators.categories import missing, recode
from validators.contracts.contract import Contract, contracts
from validators.problems import PROBLEM_COLUMNS
from validators.table import Table
from validators.unreadable import Unreadable
from validators.values import clean

__all__ = ["Table", "Unreadable", "read"]

OTHER_KINDS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"<!DOCTYPE html": "HTML",
    b"<html": "HTML",
    b"{\\rtf": "RTF",
}
"""What a file that is not a table begins with."""


def read(raw: bytes, country: Country, dataset: str | None = None, filename: str = "") -> Table:
    """The rows of a file. The dataset is told by the header where it is not given.

    Raises `Unreadable`, with what is wrong and how to mend it, for a file that cannot be understood.
    """
    if dataset is not None and dataset not in contracts():
        raise Unreadable("unknown_dataset", value=dataset, candidates=list(contracts()))
    return _table(_grid(raw, country, dataset), country, dataset)


def _grid(raw: bytes, country: Country, dataset: str | None) -> RawTable:
    if len(raw) > limits.SIZE:
        found = len(raw) // limits.MEGABYTE
        raise Unreadable("too_large", found=found, limit=limits.SIZE // limits.MEGABYTE)
    content, packing = archive.unpack(raw)
    notes = {"packing": packing} if packing else {}
    if archive.is_workbook(content):
        archive.check_workbook(content)
        return workbook.read(content, country.locale, dataset, notes)
    if content.startswith(workbook.OLD_WORKBOOK):
        return workbook.read(content, country.locale, dataset, notes)
    if what := _other_kind(content):
        raise Unreadable("not_a_table", what=what)
    text, notes["encoding"] = encoding.to_utf8(content)
    if not text.strip():
        raise Unreadable("empty_file")
    if dhis2.is_json(text):
        values, system, notes["format"] = (
            dhis2.from_json(text),
            exchange.system(country, "dhis2"),
            "DHIS2 JSON",
        )
    elif adx.is_xml(text):
        values, system, notes["format"] = adx.from_xml(text), exchange.system(country, "adx"), "ADX"
    else:
        grid = delimited.read(text, notes)
        if not dhis2.is_csv(grid.header):
            return grid
        values, system, notes["format"] = dhis2.from_csv(grid), exchange.system(country, "dhis2"), "DHIS2 CSV"
    return exchange.to_grid(values, system, country, dataset, notes)


def _other_kind(content: bytes) -> str | None:
    return next((name for mark, name in OTHER_KINDS.items() if content.startswith(mark)), None)


def _table(grid: RawTable, country: Country, dataset: str | None) -> Table:
    contract, places = header.match(grid.header, dataset)
    columns = {
        column.name: (
            recode(grid.columns[place], clean(column, grid.columns[place].categories, country))
            if (place := places.get(column.name)) is not None
            else missing(len(grid.row_number))
        )
        for column in contract.columns
    }
    filled = np.isin(grid.row_number, [fault.row_number for fault in grid.faults])
    for values in columns.values():
        filled |= values.codes >= 0
    if not filled.any():
        raise Unreadable("no_rows")
    frame, row_number = pd.DataFrame(columns), grid.row_number
    if not filled.all():
        frame, row_number = frame[filled].reset_index(drop=True), row_number[filled]
    return Table(contract.dataset, frame, row_number, grid.notes, _problems(grid, contract), grid.header)


def _problems(grid: RawTable, contract: Contract) -> pd.DataFrame:
    found = [
        (fault.row_number, fault.column, fault.value, fault.rule, "reject", fault.params)
        for fault in grid.faults
    ]
    return pd.DataFrame(found, columns=list(PROBLEM_COLUMNS))
