"""One national month from file to indicators, beside plain COPY and one cascade of GROUP BYs; then its reviews."""

from __future__ import annotations

import csv
import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import text

from sql import deploy, warehouse
from tests.bench import national_month, review
from tests.bench.figures import Figure, seconds
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.person import SYSTEM
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit
from validators.rules.suite import warm

PLAIN = """
    CREATE UNLOGGED TABLE plain.commune AS
        SELECT left(area_code, 6) AS area_code, scheme, sex, age_group, sum(beneficiaries) AS beneficiaries
        FROM plain.month GROUP BY 1, 2, 3, 4;
    CREATE UNLOGGED TABLE plain.district AS
        SELECT left(area_code, 4) AS area_code, scheme, sex, age_group, sum(beneficiaries) AS beneficiaries
        FROM plain.commune GROUP BY 1, 2, 3, 4;
    CREATE UNLOGGED TABLE plain.province AS
        SELECT left(area_code, 2) AS area_code, scheme, sex, age_group, sum(beneficiaries) AS beneficiaries
        FROM plain.district GROUP BY 1, 2, 3, 4;
    CREATE UNLOGGED TABLE plain.nation AS
        SELECT scheme, sex, age_group, sum(beneficiaries) AS beneficiaries
        FROM plain.province GROUP BY 1, 2, 3
"""


PLAIN_NATION = "SELECT sum(beneficiaries) FROM plain.nation"
SALA_NATION = """
    SELECT sum(beneficiaries) FROM mart.scheme_total WHERE area_level = 'nation' AND period = :month
"""
ACCEPTED = """
    SELECT rows_accepted FROM mart.submission WHERE receipt = :receipt AND state = 'loaded' AND outcome = 'accepted'
"""


def measure() -> Iterator[Figure]:
    """First load and correction, each with the peak resident memory of Sala's process; then the review page."""
    country = national_month.country()
    with tempfile.TemporaryDirectory() as folder:
        first, second = (national_month.csv(Path(folder), seed) for seed in (1, 2))
        deploy.migrate()
        load_country(country)
        receive_waiting(country)
        warm()
        for name, path, target in (("month_first", first, 4), ("month_correction", second, 5)):
            plain = seconds(lambda path=path: copy_and_cascade(path))  # type: ignore[misc]
            sala = seconds(lambda path=path: through(path))  # type: ignore[misc]
            check(path)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            yield Figure(name, sala, reference=plain, target=target, peak_mb=peak)
    yield from review.measure()


def check(path: Path) -> None:
    """Both ways have the nation of the file; an AssertionError says who has not."""
    with path.open() as file:
        persons = sum(int(line["beneficiaries"]) for line in csv.DictReader(file))
    with warehouse.transaction() as connection:
        plain = connection.execute(text(PLAIN_NATION)).scalar_one()
        sala = connection.execute(text(SALA_NATION), {"month": national_month.MONTH}).scalar_one()
    assert (plain, sala) == (persons, persons), f"the file has {persons} persons, plain {plain}, Sala {sala}"


def copy_and_cascade(path: Path) -> None:
    with warehouse.transaction() as connection:
        connection.execute(
            text(
                "DROP SCHEMA IF EXISTS plain CASCADE; CREATE SCHEMA plain;"
                "CREATE TABLE plain.month (period text, area_code text, scheme text, sex text, age_group text,"
                " beneficiaries integer)"
            )
        )
        with path.open("rb") as file, connection.connection.cursor() as cursor:
            cursor.copy_expert("COPY plain.month FROM STDIN (FORMAT csv, HEADER)", file)
        connection.execute(text(PLAIN))


def through(path: Path) -> None:
    """Handing in, reading, judging, loading, every layer, and the indicators."""
    receipt = submit(path.read_bytes(), path.name, by=SYSTEM, via="cli").receipt
    receive_waiting(national_month.country())
    with warehouse.transaction() as connection:
        accepted = connection.execute(text(ACCEPTED), {"receipt": receipt}).scalar()
    assert accepted == national_month.ROWS, f"{accepted} rows of {path.name} were accepted"
    compile_and_publish(national_month.MONTH)
