"""Many files worked off by two processes, beside one that works alone."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

import pandas as pd
from sqlalchemy import text

from countries.country import Country, current
from countries.gazetteer import areas
from sala.settings import REPOSITORY
from sql import deploy, warehouse
from tests.bench.figures import Figure
from transforms.country.load_country import load_country
from transforms.identity.person import SYSTEM
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

FILES = 400
RECEIVER = (
    "import sys; from countries.country import current; from transforms.intake.receive import receive_waiting;"
    "from transforms.intake.read.isolated import start; from validators.rules.suite import warm;"
    "country = current(); start(); warm(); print('ready', flush=True); sys.stdin.readline(); receive_waiting(country)"
)
STATES = "SELECT state, count(*) FROM ledger.submission WHERE via = 'api' GROUP BY state"


def measure() -> Iterator[Figure]:
    """Seconds for the files of all districts over two months and some of a third, at the same pace for the next three
    months."""
    country = current()
    deploy.migrate()
    load_country(country)
    receive_waiting(country)
    alone = _worked_off(country, ["2026-01", "2026-02", "2026-03"], receivers=1)
    together = _worked_off(country, ["2026-04", "2026-05", "2026-06"], receivers=2)
    yield Figure("workers", together, reference=alone, target=1 / 1.7)


def _worked_off(country: Country, months: list[str], receivers: int) -> float:
    with warehouse.transaction() as connection:
        before = dict(connection.execute(text(STATES)).tuples().all())
    for number, content in enumerate(_files(country, months)):
        submit(content, f"{months[0]}-{number}.csv", by=SYSTEM, via="api")
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", RECEIVER],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(receivers)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    started = time.perf_counter()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert [process.wait() for process in processes] == [0] * receivers
    took = time.perf_counter() - started
    with warehouse.transaction() as connection:
        after = dict(connection.execute(text(STATES)).tuples().all())
    assert after == {"loaded": before.get("loaded", 0) + FILES}, f"{before}, then {after}"
    return took


def _files(country: Country, months: list[str]) -> list[bytes]:
    """A file a month and district: the returns of one scheme from all its communes."""
    scheme = next(s for s in country.schemes if s.layer == "commune" and not s.by_age)
    gazetteer = areas(country).areas
    communes = gazetteer.loc[gazetteer["layer"] == "commune", "code"]
    files = []
    for month in months:
        for district, codes in communes.groupby(communes.str[:4]):
            lines = [
                (month, code, scheme.id, sex, "_T", 20 + int(district) % 7) for code in codes for sex in "FM"
            ]
            columns = ["period", "area_code", "scheme", "sex", "age_group", "beneficiaries"]
            files.append(pd.DataFrame(lines, columns=columns).to_csv(index=False).encode())
    return files[:FILES]
