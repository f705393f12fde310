"""Many readers of a nation with two years of months: server time of every page and callback, alone and beside loading.

Fifty people each wait 3 to 8 s between two pages. What the pages ask the server for is taken from a real Chromium once.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
from playwright.sync_api import Page, Request
from sqlalchemy import text

from countries.country import current
from sala.settings import REPOSITORY
from sql import deploy, warehouse
from sql.warehouse import database_url
from tests.bench.figures import Figure
from tests.dashboards.conftest import serve
from tests.dashboards.every_page import every_page
from tests.dashboards.lived_in import live_in
from tests.dashboards.screenshots import chromium
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.person import SYSTEM
from transforms.intake.receive import receive_waiting
from transforms.intake.sample import submit_sample
from transforms.intake.submit import submit

READERS = 50
MONTHS = tuple(map(str, pd.period_range("2024-11", "2026-10", freq="M")))
QUIET_SECONDS, BUSY_SECONDS = 150, 90
NOT_KEPT = {"content-length", "cookie", "host"}
"""Headers that each reader has of their own."""
CORRECT = "from tests.bench.pages import correct; correct()"
LINES = """
    SELECT period, area_code, scheme, sex, age_group, beneficiaries, amount_paid
    FROM mart.scheme_return WHERE period = :month AND disability = '_T' AND NOT remainder
"""
LOADED = text("SELECT count(*) FROM ledger.submission WHERE via = 'api' AND state = 'loaded'")


def measure() -> Iterator[Figure]:
    """p95 in ms of the slowest of all requests: of readers alone, and beside a national month that comes in."""
    fill()
    with tempfile.TemporaryDirectory() as folder, served(Path(folder, "log")) as address:
        recorded = Path(folder, "requests.json")
        recorded.write_text(json.dumps(list(requests(address))))
        yield from _figures("pages", 150, read(address, recorded, QUIET_SECONDS))
        loading = subprocess.Popen([sys.executable, "-c", CORRECT], cwd=REPOSITORY)
        yield from _figures("pages_while_loading", 300, read(address, recorded, BUSY_SECONDS))
        assert loading.poll() is None, "nothing was loaded at the end"
        loading.terminate()
        loading.wait()
    with warehouse.transaction() as connection:
        assert connection.execute(LOADED).scalar_one() >= 2, "hardly anything was loaded meanwhile"


@contextmanager
def served(log: Path) -> Iterator[str]:
    """The address of the dashboard with the workers that `sala run` gives it."""
    process, address = serve(database_url(), log, "--config", "python:dashboards.server.gunicorn_config")
    try:
        yield address
    finally:
        process.terminate()
        process.wait(timeout=60)


def fill() -> None:
    """Publish two years of the made-up round, and what people would have done with it."""
    country = current()
    assert country.sample_round is not None
    deploy.migrate()
    load_country(country)
    longer = country.sample_round.model_copy(update={"months": MONTHS})
    submit_sample(country.model_copy(update={"sample_round": longer}), print)
    for period in receive_waiting(country):
        print(period, flush=True)
        compile_and_publish(period)
    live_in(country)
    with warehouse.transaction() as connection:
        connection.exec_driver_sql("ANALYZE")


def correct() -> None:
    """Hand in a correction of all that is reported for a month, month after month, and publish it."""
    country = current()
    for month in reversed(MONTHS):
        with warehouse.transaction() as connection:
            lines = warehouse.read(connection, LINES, month=month)
        lines["beneficiaries"] += 1
        submit(
            lines.to_csv(index=False).encode(), f"{month}.csv", by=SYSTEM, via="api", dataset="scheme_returns"
        )
        receive_waiting(country)
        compile_and_publish(month)


def requests(address: str) -> Iterator[dict[str, object]]:
    """What a visitor's browser asks for at each page: name, and method, address, headers and body of each request."""
    with warehouse.transaction() as connection:
        pages = [page for page in every_page(connection, current()) if page.public and page.name != "nowhere"]
    with chromium() as browser:
        for page in pages:
            reader = browser.new_page()
            reader.goto(f"{address}/contracts")  # scripts and styles come once
            reader.wait_for_load_state("networkidle")
            yield {"name": page.name, "requests": list(_asked(reader, address, page.address))}
            reader.close()


def _asked(reader: Page, address: str, path: str) -> list[dict[str, object]]:
    sent: list[Request] = []
    reader.on("request", lambda request: sent.append(request))
    reader.goto(f"{address}{path}")
    reader.wait_for_selector("#headline")
    reader.wait_for_load_state("networkidle")
    return [
        {
            "method": request.method,
            "path": request.url.removeprefix(address),
            "headers": {name: value for name, value in request.headers.items() if name not in NOT_KEPT},
            "body": request.post_data,
        }
        for request in sent
        if request.resource_type in ("document", "fetch", "xhr")
    ]


def read(address: str, recorded: Path, seconds: int) -> list[dict[str, str]]:
    """A row of Locust's statistics for each page and callback."""
    prefix = recorded.with_suffix("")
    command = [
        sys.executable,
        "-m",
        "locust",
        "--headless",
        "--only-summary",
        "--locustfile",
        "tests/bench/page_readers.py",
    ]
    command += ["--host", address, "--users", str(READERS), "--spawn-rate", "5", "--run-time", f"{seconds}s"]
    environment = os.environ | {"SALA_BENCH_REQUESTS": str(recorded)}
    subprocess.run([*command, "--csv", str(prefix)], cwd=REPOSITORY, env=environment, check=True)
    with Path(f"{prefix}_stats.csv").open() as file:
        return [row for row in csv.DictReader(file) if row["Name"] != "Aggregated"]


def _figures(name: str, target: int, rows: list[dict[str, str]]) -> Iterator[Figure]:
    failed = [row["Name"] for row in rows if int(row["Failure Count"])]
    assert not failed, f"failed: {', '.join(failed)}"
    slowest = max(rows, key=lambda row: float(row["95%"]))
    for row in sorted(rows, key=lambda row: -float(row["95%"]))[:12]:
        print(f"{name}: p95 {row['95%']} ms, median {row['50%']} ms of {row['Request Count']}: {row['Name']}")
    yield Figure(name, float(slowest["95%"]), "ms", target=target)
