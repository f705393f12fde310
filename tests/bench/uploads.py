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
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles

import numpy as np
import pandas as pd
import psycopg2
from sqlalchemy import Connection, text

from countries.country import current
from countries.gazetteer import areas
from dags.triggers import database_dsn
from sala.settings import REPOSITORY, settings
from sql import warehouse
from tests.bench.dags.empty_chain import ENDED, STARTED
from tests.bench.figures import Figure
from transforms.coverage.progress import progress
from transforms.identity.person import SYSTEM
from transforms.intake.submit import submit

UPLOADS = 20
MONTH = "2026-10"
PATIENCE = 120  # seconds
OUTCOME = "SELECT coalesce(outcome, state) FROM mart.submission WHERE receipt = :receipt"
TOTALS = """
    SELECT area_code, sum(beneficiaries) FROM mart.scheme_total
    WHERE area_level IN ('province', 'nation') AND period = :month AND scheme = :scheme GROUP BY area_code
"""


def measure() -> Iterator[Figure]:
    """Uploads one by one beside the empty chain, in a running Sala with its sample; then all provinces at once."""
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
    )
    try:
        while not re.search(r"Dashboard\s+http", log.read_text()):
            if process.poll() is not None:
                raise RuntimeError(log.read_text())
            time.sleep(0.5)
        yield from _figures()
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _figures() -> Iterator[Figure]:
    provinces = _files()
    for _ in range(24):  # nobody listens before Airflow is up
        if ring(5) is not None:
            break
    for warm_up in (ring, lambda: upload(provinces[:1], 0)):  # the first run of a DAG is slower
        warm_up()
    empty, full = [], []
    for number in range(UPLOADS):
        floor = ring()
        assert floor is not None, "the empty chain did not come to its end"
        empty.append(floor)
        full.append(upload(provinces[number : number + 1], number + 1))
    (floor_p50, floor_p95), (p50, p95) = _middle_and_end(empty), _middle_and_end(full)
    yield Figure("uploads", p50, reference=floor_p50, target=1.25)
    yield Figure("uploads_p95", p95, reference=floor_p95)
    yield Figure("burst", upload(provinces, UPLOADS + 1), target=5)


def _middle_and_end(times: list[float]) -> tuple[float, float]:
    cuts = quantiles(times, n=20)
    return cuts[9], cuts[18]


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
    """Hand in files; seconds from the last one until everything is published, and everything of them loaded."""
    receipts = []
    for number, lines in enumerate(files):
        content = lines.assign(beneficiaries=_persons(lines, salt + number)).to_csv(index=False).encode()
        receipts.append(submit(content, f"{salt}-{number}.csv", by=SYSTEM, via="api").receipt)
    handed_in = time.perf_counter()
    while not progress().done:
        assert time.perf_counter() < handed_in + PATIENCE, f"{progress()} after {PATIENCE} s"
        time.sleep(0.02)
    took = time.perf_counter() - handed_in
    with warehouse.transaction() as connection:
        for number, (lines, receipt) in enumerate(zip(files, receipts, strict=True)):
            _check(connection, lines, receipt, int(_persons(lines, salt + number).sum()))
    return took


def _check(connection: Connection, lines: pd.DataFrame, receipt: str, persons: int) -> None:
    """The file was accepted, its province counts its persons, and the nation what its provinces do."""
    outcome = connection.execute(text(OUTCOME), {"receipt": receipt}).scalar()
    assert outcome == "accepted", f"{receipt} became {outcome}"
    given = {"month": MONTH, "scheme": lines["scheme"].iloc[0]}
    totals: dict[str, int] = dict(connection.execute(text(TOTALS), given).all())
    province = lines["area_code"].iloc[0][:2]
    assert totals[province] == persons, f"{province} has {totals[province]} where {persons} were sent"
    nation = totals.pop("KH")
    assert nation == sum(totals.values()), f"the nation has {nation}, its provinces {sum(totals.values())}"


def _persons(lines: pd.DataFrame, salt: int) -> np.ndarray:
    """Figures that move a little from one file to the next."""
    return 20 + (np.arange(len(lines)) + salt) % 5


def ring(patience: float = PATIENCE) -> float | None:
    """Seconds from a NOTIFY to the end of the last empty task; None where it does not come."""
    connection = psycopg2.connect(database_dsn())
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {ENDED}")
        started = time.perf_counter()
        cursor.execute(f"NOTIFY {STARTED}")
    answered, _, _ = select.select([connection], [], [], patience)
    took = time.perf_counter() - started
    connection.close()
    return took if answered else None
