"""Uploads through all DAGs, beside the same chain of DAGs with empty tasks."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles

import numpy as np
import pandas as pd
import psycopg2
from rich.table import Table
from sqlalchemy import text

from countries.country import current
from countries.gazetteer import areas
from dags.triggers import database_dsn
from sala.settings import REPOSITORY, settings
from sql import warehouse
from tests.bench.dags.empty_chain import ENDED, STARTED
from transforms.coverage.progress import progress
from transforms.intake.submit import submit

UPLOADS = 20
MONTH = "2026-10"


def measure() -> Table:
    """Start Sala with the sample, and both chains of DAGs; upload; print seconds."""
    folders = {"sala": REPOSITORY / "dags", "bench": REPOSITORY / "tests" / "bench" / "dags"}
    bundles = [
        {
            "name": name,
            "classpath": "airflow.dag_processing.bundles.local.LocalDagBundle",
            "kwargs": {"path": str(path), "refresh_interval": 300},
        }
        for name, path in folders.items()
    ]
    log = settings().home / "run.log"
    process = subprocess.Popen(
        [Path(sys.executable).parent / "sala", "run"],
        env={
            **os.environ,
            "SALA_PORT": "0",
            "SALA_AIRFLOW_PORT": "0",
            "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST": json.dumps(bundles),
        },
        stdout=log.open("w"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        while not re.search(r"Dashboard\s+http", log.read_text()):
            if process.poll() is not None:
                raise RuntimeError(log.read_text())
            time.sleep(0.5)
        return _table()
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _table() -> Table:
    provinces = _files()
    while ring(5) >= 5:  # nobody listens before Airflow is up; and the first run of a DAG is slower
        pass
    ring()
    upload(provinces[:1], 0)
    empty, full = [], []
    for number in range(UPLOADS):
        empty.append(ring())
        full.append(upload(provinces[number : number + 1], number + 1))
    together = upload(provinces, UPLOADS + 1)
    table = Table("uploads through all DAGs", "p50, s", "p95, s", "target")
    table.add_row("empty tasks", *_middle_and_end(empty), "")
    table.add_row("one file at a time", *_middle_and_end(full), "≤ 1.5 × empty")
    ratio = np.median(full) / np.median(empty)
    table.add_row("ratio of the medians", f"{ratio:.2f}", "", "≤ 1.5")
    table.add_row("25 provinces at once, from the last upload", f"{together:.1f}", "", "≤ 10")
    return table


def _middle_and_end(times: list[float]) -> tuple[str, str]:
    cuts = quantiles(times, n=20)
    return f"{cuts[9]:.2f}", f"{cuts[18]:.2f}"


def _files() -> list[pd.DataFrame]:
    """For each province the returns of one scheme from all its communes."""
    country = current()
    scheme = next(s for s in country.schemes if s.layer == "commune" and not s.by_age)
    gazetteer = areas(country).areas
    communes = gazetteer.loc[gazetteer["layer"] == "commune", "code"]
    lines = pd.DataFrame(
        [(MONTH, c, scheme.id, sex, "_T") for c in communes for sex in "FM"],
        columns=["period", "area_code", "scheme", "sex", "age_group"],
    )
    return [part for _, part in lines.groupby(lines["area_code"].str[:2])]


def upload(files: list[pd.DataFrame], salt: int) -> float:
    """Hand in files; seconds from the last one until everything is published. Checks that the nation is right."""
    for number, lines in enumerate(files):
        told = lines.assign(beneficiaries=_persons(lines, salt + number))
        submit(told.to_csv(index=False).encode(), f"{salt}-{number}.csv", by="bench", via="api")
    return (
        _until(lambda: progress().done, time.perf_counter()) if len(files) == 1 else _all_right(files, salt)
    )


def _persons(lines: pd.DataFrame, salt: int) -> np.ndarray:
    """Figures that move a little from one file to the next."""
    return 20 + (np.arange(len(lines)) + salt) % 5


def _all_right(files: list[pd.DataFrame], salt: int) -> float:
    expected = sum(int(_persons(lines, salt + number).sum()) for number, lines in enumerate(files))
    took = _until(lambda: progress().done, time.perf_counter())
    with warehouse.transaction() as connection:
        found = connection.execute(
            text(
                "SELECT sum(beneficiaries) FROM mart.scheme_total"
                " WHERE area_level = 'nation' AND period = :month AND scheme = :scheme"
            ),
            {"month": MONTH, "scheme": files[0]["scheme"].iloc[0]},
        ).scalar_one()
    if found != expected:
        raise AssertionError(f"The nation has {found} where the provinces sent {expected}")
    return took


def ring(patience: float = 120) -> float:
    """Seconds from a NOTIFY to the end of the last empty task, or until patience ends."""
    connection = psycopg2.connect(database_dsn())
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {ENDED}")
        started = time.perf_counter()
        cursor.execute(f"NOTIFY {STARTED}")
    select.select([connection], [], [], patience)
    took = time.perf_counter() - started
    connection.close()
    return took


def _until(done: Callable[[], bool], started: float) -> float:
    while not done():
        time.sleep(0.02)
    return time.perf_counter() - started
