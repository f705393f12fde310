"""A file becomes a table: from bytes in whatever form an office produces to a contract's columns as clean
texts.

Content decides, never the file's name. Beyond encoding and delimiter nothing is guessed.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from countries.model import Country
from transforms.intake.read import (
    adx,
    archive,
    delimited,
    dhis2,
    encoding,
    encrypted,
    exchange,
    foreign,
    header,
    limits,
    published,
    workbook,
)
from transforms.intake.read.raw_table import RawTable
from transforms.intake.read.repeated_header import without_repeated_headers
from validators.categories import missing, recode
from validators.contracts.contract import Contract, contracts
from validators.masking import masked_params, masked_values
from validators.messages import severity
from validators.problems import PROBLEM_COLUMNS
from validators.table import Table
from validators.unreadable import Unreadable
from validators.values import clean, sound

__all__ = ["Table", "Unreadable", "read"]


def read(raw: bytes, country: Country, dataset: str | None = None, filename: str = "") -> Table:
    """The rows of a file. The header gives the dataset where none is given.

    Foreign files are read so in a process of their own only: everybody else calls `isolated.read`.
    Raises `Unreadable`, with what is wrong and how to mend it, for a file that cannot be understood.
    """
    if dataset is not None and dataset not in contracts():
        raise Unreadable("unknown_dataset", value=dataset, candidates=list(contracts()))
    raw_table = _raw_table(raw, country, dataset)
    return _table(replace(raw_table, header=tuple(map(sound, raw_table.header))), country, dataset)


def _raw_table(raw: bytes, country: Country, dataset: str | None) -> RawTable:
    if len(raw) > limits.SIZE:
        size = len(raw) // limits.MEGABYTE
        raise Unreadable("too_large", actual=size, limit=limits.SIZE // limits.MEGABYTE)
    content, packing = archive.unpack(raw)
    notes = {"packing": packing} if packing else {}
    titles = published.titles(country)
    if content.startswith(encrypted.COMPOUND):
        content = encrypted.opened(content)
    if archive.is_workbook(content):
        archive.check_workbook(content)
        return published.mapped(workbook.read(content, country.locale, dataset, notes, titles), country)
    if content.startswith(encrypted.COMPOUND):
        return published.mapped(workbook.read(content, country.locale, dataset, notes, titles), country)
    if what := foreign.binary_kind(content):
        raise Unreadable("not_a_table", what=what)
    text, notes["encoding"] = encoding.to_utf8(content)
    if not text.strip():
        raise Unreadable("empty_file")
    if kind := foreign.text_kind(text):
        raise Unreadable("not_a_table", what=kind)
    if dhis2.is_json(text):
        values, notes["format"] = dhis2.from_json(text), "DHIS2 JSON"
        system = exchange.system(country, "dhis2")
    elif adx.is_xml(text):
        values, notes["format"] = adx.from_xml(text), "ADX"
        system = exchange.system(country, "adx")
    else:
        raw_table = delimited.read(text, notes, titles)
        if not dhis2.is_csv(raw_table.header):
            return published.mapped(raw_table, country)
        system, notes["format"] = exchange.system(country, "dhis2"), "DHIS2 CSV"
        values = dhis2.from_csv(raw_table, system)
    return exchange.to_raw_table(values, system, country, dataset, notes)


def _table(raw_table: RawTable, country: Country, dataset: str | None) -> Table:
    raw_table = without_repeated_headers(raw_table)
    contract, places = header.match(raw_table.header, dataset)
    columns = {
        column.name: (
            recode(raw_table.columns[place], clean(column, raw_table.columns[place].categories, country))
            if (place := places.get(column.name)) is not None
            else missing(len(raw_table.row_number))
        )
        for column in contract.columns
    }
    faulty = [fault.row_number for fault in raw_table.faults if fault.row_number is not None]
    filled = np.isin(raw_table.row_number, faulty)
    for values in columns.values():
        filled |= values.codes >= 0
    if not filled.any():
        raise Unreadable("no_rows")
    frame, row_number = pd.DataFrame(columns), raw_table.row_number
    if not filled.all():
        frame, row_number = frame[filled].reset_index(drop=True), row_number[filled]
    problems = _problems(raw_table, contract, country)
    return Table(contract.dataset, frame, row_number, raw_table.notes, problems, raw_table.header)


def _problems(raw_table: RawTable, contract: Contract, country: Country) -> pd.DataFrame:
    columns = {column.name: column for column in contract.columns}
    problems = [
        (
            fault.row_number,
            fault.column,
            *masked_values(contract, [fault.value]),
            fault.rule,
            weight,
            *masked_params(contract, fault.rule, [fault.params]),
        )
        for fault in raw_table.faults
        if (weight := severity(fault.rule, country, columns.get(fault.column or ""))) != "off"
    ]
    return pd.DataFrame(problems, columns=list(PROBLEM_COLUMNS))
