"""Checking: the verdict on a file, with nothing kept. What is received later is judged by the same call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import pandas as pd

from countries.country import Country
from countries.gazetteer import areas
from sql import warehouse
from sql.warehouse import NoWarehouse
from transforms.intake.reading import read
from validators.reference import Reference
from validators.table import Table
from validators.unreadable import Unreadable
from validators.verdict import Verdict, judge, judge_many, unreadable

Key = TypeVar("Key")

AREAS = """
    SELECT a.code, l.code AS layer, a.names, a.valid_from, nullif(a.valid_to, 'infinity') AS valid_to
    FROM core.area a
    JOIN core.layer l USING (layer_id)
"""


def judge_file(
    raw: bytes, country: Country, reference: Reference, dataset: str | None = None, filename: str = ""
) -> Verdict:
    """Read and judge one file. A file that cannot be read has a verdict too: unreadable, with the one reason."""
    try:
        return judge(read(raw, country, dataset, filename), country, reference)
    except Unreadable as reason:
        return unreadable(dataset, reason)


def judge_tables(
    tables: Mapping[Key, Table], country: Country, reference: Reference
) -> dict[Key, Verdict | Exception]:
    """Judge many files, those of one dataset in one run of the rules, which costs hardly more than one file.

    Where a run fails for a fault of ours, its files are judged one by one, so that one cannot take others along.
    """
    judged: dict[Key, Verdict | Exception] = {}
    for dataset in {table.dataset for table in tables.values()}:
        these = {key: table for key, table in tables.items() if table.dataset == dataset}
        try:
            judged |= zip(these, judge_many(list(these.values()), country, reference), strict=True)
        except Exception as fault:
            if len(these) == 1:
                judged |= dict.fromkeys(these, fault)
            else:
                for key, table in these.items():
                    judged |= judge_tables({key: table}, country, reference)
    return judged


def reference_of(country: Country) -> Reference:
    """What rows are held against: the areas as the warehouse knows them, or without one as the gazetteer does."""
    try:
        with warehouse.transaction() as connection:
            known = warehouse.read(connection, AREAS)
    except NoWarehouse:
        known = pd.DataFrame()
    if known.empty:
        return Reference.of(country, areas(country).areas)
    names = pd.DataFrame(list(known.pop("names"))).add_prefix("name_")
    return Reference.of(country, pd.concat([known, names], axis="columns"))
