"""One week's flash reports of every commune of Cambodia, from the lowest layer to the nation.

The plain reference is what it cannot take less than: the same means by GROUP BY over one table without history, scope
or items.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import Row, text

from countries.country import CAMBODIA, Country, load
from countries.gazetteer import areas
from sql import deploy, warehouse
from tests.bench.figures import Figure, seconds
from transforms.compile_queue import enqueue_period
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.flash.flash_report import AXES
from transforms.identity.person import SYSTEM
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit
from validators.rules.suite import warm

WEEK = "2026-W46"
TIMES = 5
MEANS = ", ".join(f"avg({axis}) AS {axis}" for axis in AXES)
PLAIN = f"""
    CREATE TEMP TABLE district ON COMMIT DROP AS
        SELECT left(area_code, 4) AS area_code, {MEANS} FROM plain.sheet GROUP BY 1;
    CREATE TEMP TABLE province ON COMMIT DROP AS
        SELECT left(area_code, 2) AS area_code, {MEANS} FROM district GROUP BY 1;
    CREATE TEMP TABLE nation ON COMMIT DROP AS SELECT {MEANS} FROM province
"""  # noqa: S608  (the names are the contract's)
NATION = f"""
    SELECT {", ".join(AXES)} FROM mart.flash_report
    WHERE area_level = 'nation' AND week = :week AND origin = 'compiled'
"""  # noqa: S608


def reports(country: Country) -> tuple[pd.DataFrame, pd.DataFrame]:
    """A sheet for every commune, and four items of each: two of them travel."""
    gazetteer = areas(country).areas
    communes = gazetteer.loc[gazetteer["layer"] == "commune", "code"].to_numpy()
    dice = np.random.default_rng(1)
    sheets = pd.DataFrame(dice.integers(0, 101, (len(communes), len(AXES))), columns=list(AXES))
    sheets.insert(0, "week", WEEK)
    sheets.insert(1, "area_code", communes)
    items = pd.DataFrame(
        [
            (WEEK, code, kind, f"{kind} of {code}", dice.choice(["", "district", "province", "nation"]))
            for code in communes
            for kind in ("done", "next", "risk", "decision")
        ],
        columns=["week", "area_code", "kind", "text", "needs_layer"],
    )
    items.loc[items["kind"].isin(["done", "next"]), "needs_layer"] = ""
    return sheets, items


def measure() -> Iterator[Figure]:
    """The first compilation with every item raised, and the same again."""
    country = load(CAMBODIA)
    deploy.migrate()
    load_country(country)
    receive_waiting(country)
    warm()
    sheets, items = reports(country)
    for frame, dataset in ((sheets, "flash_reports"), (items, "flash_items")):
        submit(frame.to_csv(index=False).encode(), f"{dataset}.csv", by=SYSTEM, via="cli", dataset=dataset)
    receive_waiting(country)
    with warehouse.transaction() as connection:
        columns = ", ".join(f"{axis} numeric" for axis in AXES)
        connection.execute(
            text(f"CREATE SCHEMA plain; CREATE TABLE plain.sheet (week text, area_code text, {columns})")
        )
        warehouse.copy(connection, "plain.sheet", sheets)
    first = _seconds_to_compile()
    with warehouse.transaction() as connection:
        raised = connection.execute(text("SELECT count(*) FROM core.item")).scalar_one()
    assert raised == 2 * len(sheets), "every risk and decision travels"
    again = []
    for _ in range(TIMES):
        with warehouse.transaction() as connection:
            enqueue_period(connection, WEEK)
        again.append(_seconds_to_compile())
    plain = statistics.median(seconds(_plain) for _ in range(TIMES))
    with warehouse.transaction() as connection:
        means = connection.execute(text(NATION), {"week": WEEK}).one()
    assert list(means) == pytest.approx(list(_plain()), abs=0.01), (
        "the nation's means are those of the sheets"
    )
    yield Figure("flash_first", first, target=3)
    yield Figure("flash_again", statistics.median(again), reference=plain)


def _seconds_to_compile() -> float:
    return seconds(lambda: compile_and_publish(WEEK))


def _plain() -> Row[Any]:
    with warehouse.transaction() as connection:
        connection.execute(text(PLAIN))
        return connection.execute(text("SELECT * FROM nation")).one()
