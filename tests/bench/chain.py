"""One national month from file to indicators, beside plain COPY and one cascade of GROUP BYs."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import text

from sala.runtime import embedded_postgres
from sql import warehouse
from tests.bench import national_month
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.intake.receiving import receive_waiting
from transforms.intake.submit import submit
from validators.rules.suite import warm

PLAIN = """
    CREATE UNLOGGED TABLE plain_commune AS
        SELECT left(area_code, 6) AS area_code, scheme, sex, age_group, sum(beneficiaries) AS beneficiaries
        FROM plain GROUP BY 1, 2, 3, 4;
    CREATE UNLOGGED TABLE plain_district AS
        SELECT left(area_code, 4) AS area_code, scheme, sex, age_group, sum(beneficiaries) AS beneficiaries
        FROM plain_commune GROUP BY 1, 2, 3, 4;
    CREATE UNLOGGED TABLE plain_province AS
        SELECT left(area_code, 2) AS area_code, scheme, sex, age_group, sum(beneficiaries) AS beneficiaries
        FROM plain_district GROUP BY 1, 2, 3, 4;
    CREATE UNLOGGED TABLE plain_nation AS
        SELECT scheme, sex, age_group, sum(beneficiaries) AS beneficiaries
        FROM plain_province GROUP BY 1, 2, 3
"""


def measure() -> Iterator[tuple[str, float, float, float]]:
    """What, seconds of the plain way, seconds of Sala, peak resident memory of Sala's process in MB."""
    country = national_month.country()
    with tempfile.TemporaryDirectory() as folder:
        first, second = (national_month.csv(Path(folder), seed) for seed in (1, 2))
        embedded_postgres.start()
        warehouse.migrate()
        load_country(country)
        receive_waiting(country)
        warm()
        for what, path in (("first load", first), ("correction", second)):
            plain = seconds(lambda path=path: copy_and_cascade(path))  # type: ignore[misc]
            sala = seconds(lambda path=path: through(path))  # type: ignore[misc]
            yield what, plain, sala, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def seconds(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def copy_and_cascade(path: Path) -> None:
    with warehouse.transaction() as connection:
        connection.execute(
            text(
                "DROP TABLE IF EXISTS plain, plain_commune, plain_district, plain_province, plain_nation;"
                "CREATE TABLE plain (period text, area_code text, scheme text, sex text, age_group text,"
                " beneficiaries integer)"
            )
        )
        with path.open("rb") as file, connection.connection.cursor() as cursor:
            cursor.copy_expert("COPY plain FROM STDIN (FORMAT csv, HEADER)", file)
        connection.execute(text(PLAIN))


def through(path: Path) -> None:
    """The door, reading, judging, loading, every layer, and the indicators."""
    submit(path.read_bytes(), path.name, by="bench", via="cli")
    receive_waiting(national_month.country())
    compile_and_publish(national_month.MONTH)
