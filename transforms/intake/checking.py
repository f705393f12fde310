"""Checking: the verdict on a file, with nothing kept. What is received later is judged by the same call."""

from __future__ import annotations

import pandas as pd

from countries.country import Country
from countries.gazetteer import areas
from sql import warehouse
from sql.warehouse import NoWarehouse
from transforms.intake.reading import read
from validators.reference import Reference
from validators.unreadable import Unreadable
from validators.verdict import Verdict, judge, unreadable

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
