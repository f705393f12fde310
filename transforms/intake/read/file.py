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
    """The rows of a file. The header gives the dataset where none is given.

    Foreign files are read so in a process of their own only: everybody else calls `isolated.read`.
    Raises `Unreadable`, with what is wrong and how to mend it, for a file that cannot be understood.
    """
    if dataset is not None and dataset not in contracts():
        raise Unreadable("unknown_dataset", value=dataset, candidates=list(contracts()))
    return _table(_raw_table(raw, country, dataset), country, dataset)


def _raw_table(raw: bytes, country: Country, dataset: str | None) -> RawTable:
    if len(raw) > limits.SIZE:
        size = len(raw) // limits.MEGABYTE
        raise Unreadable("too_large", actual=size, limit=limits.SIZE // limits.MEGABYTE)
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
        raw_table = delimited.read(text, notes)
        if not dhis2.is_csv(raw_table.header):
            return raw_table
        values, system, notes["format"] = (
            dhis2.from_csv(raw_table),
            exchange.system(country, "dhis2"),
            "DHIS2 CSV",
        )
    return exchange.to_raw_table(values, system, country, dataset, notes)


def _other_kind(content: bytes) -> str | None:
    return next((name for mark, name in OTHER_KINDS.items() if content.startswith(mark)), None)


def _table(raw_table: RawTable, country: Country, dataset: str | None) -> Table:
    contract, places = header.match(raw_table.header, dataset)
    columns = {
        column.name: (
            recode(raw_table.columns[place], clean(column, raw_table.columns[place].categories, country))
            if (place := places.get(column.name)) is not None
            else missing(len(raw_table.row_number))
        )
        for column in contract.columns
    }
    filled = np.isin(raw_table.row_number, [fault.row_number for fault in raw_table.faults])
    for values in columns.values():
        filled |= values.codes >= 0
    if not filled.any():
        raise Unreadable("no_rows")
    frame, row_number = pd.DataFrame(columns), raw_table.row_number
    if not filled.all():
        frame, row_number = frame[filled].reset_index(drop=True), row_number[filled]
    return Table(
        contract.dataset, frame, row_number, raw_table.notes, _problems(raw_table, contract), raw_table.header
    )


def _problems(raw_table: RawTable, contract: Contract) -> pd.DataFrame:
    problems = [
        (fault.row_number, fault.column, fault.value, fault.rule, "reject", fault.params)
        for fault in raw_table.faults
    ]
    return pd.DataFrame(problems, columns=list(PROBLEM_COLUMNS))
