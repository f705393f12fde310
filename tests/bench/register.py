"""A register of 25 million rows and 17 million persons in eight schemes, from CSV to overlap cube, beside bare DuckDB.

    make bench PART=register                      2.5 million rows, and a tenth of them to see that time grows evenly
    BENCH_ROWS=25000000 make bench PART=register

Sala reads, validates, makes pseudonyms, stores and counts; DuckDB reads the same files and groups twice.
"""

from __future__ import annotations

import os
import resource
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from pyarrow.csv import WriteOptions, write_csv
from sqlalchemy import text

from countries.country import Country
from countries.gazetteer import areas
from countries.period import Period
from sql import deploy, warehouse
from tests.bench import national_month
from tests.bench.figures import Figure, seconds
from transforms.country.load_country import load_country
from transforms.coverage.persons import count_persons
from transforms.identity.person import SYSTEM
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit
from validators.rules.suite import warm

ROWS = int(os.environ.get("BENCH_ROWS", 2_500_000))
SCHEMES = 8
PERSONS_A_ROW = 17 / 25
MONTH, EARLIER = Period.parse(national_month.MONTH), Period.parse("2025-03")

DUCKDB = """
    CREATE TABLE cube AS
    WITH person AS (
        SELECT person_id, mode(area_code) AS area_code, mode(sex) AS sex, min(birth_year) AS birth_year,
               list_sort(list(DISTINCT scheme)) AS schemes
        FROM read_csv('{}/*.csv', all_varchar = true)
        GROUP BY person_id
    )
    SELECT area_code, sex, (2026 - birth_year::integer) // 15 AS age, schemes, count(*) AS persons
    FROM person
    GROUP BY ALL
"""


SALA_PERSONS = """
    SELECT sum(placed_here) FROM core.overlap WHERE period_id = :period
"""


def measure() -> Iterator[Figure]:
    """All rows beside DuckDB, in seconds; then the seconds of a tenth, beside a tenth of those of all: 1 is linear."""
    country = national_month.country()
    deploy.migrate()
    load_country(country)
    receive_waiting(country)
    warm()
    tenth, _ = _both(country, ROWS // 10, EARLIER)
    sala, plain = _both(country, ROWS, MONTH)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield Figure("register", sala, reference=plain, target=3, peak_mb=peak)
    yield Figure("register_a_second", ROWS / sala, unit="rows/s")
    yield Figure("register_linear", sala, reference=10 * tenth, target=1.2)


def _both(country: Country, rows: int, month: Period) -> tuple[float, float]:
    """Seconds of Sala and of DuckDB for the same files; an AssertionError where they count other persons."""
    with tempfile.TemporaryDirectory() as folder:
        paths = files(Path(folder), rows, country, month)
        with duckdb.connect() as plain:
            duckdb_seconds = seconds(lambda: plain.execute(DUCKDB.format(folder)))
            persons = plain.execute("SELECT sum(persons) FROM cube").fetchall()[0][0]
        sala_seconds = seconds(lambda: _through(paths, country, month))
    with warehouse.transaction() as connection:
        counted = connection.execute(text(SALA_PERSONS), {"period": month.id}).scalar_one()
    assert counted == persons, f"DuckDB counts {persons} persons, Sala {counted}"
    return sala_seconds, duckdb_seconds


def _through(paths: list[Path], country: Country, month: Period) -> None:
    """Handing in, reading, judging, pseudonyms, loading, and the cube."""
    for path in paths:
        submit(path.read_bytes(), path.name, by=SYSTEM, via="cli")
    receive_waiting(country)
    with warehouse.transaction() as connection:
        count_persons(connection, month)


def files(folder: Path, rows: int, country: Country, month: Period) -> list[Path]:
    """A list a scheme, of persons of all villages; who is in several schemes has one home, sex and year in all."""
    gazetteer = areas(country).areas
    villages = gazetteer.loc[gazetteer["layer"] == "village", "code"].to_numpy()
    persons = int(rows * PERSONS_A_ROW)
    draw = np.random.default_rng(rows)
    home = draw.integers(0, len(villages), persons, dtype=np.int32)
    sex = draw.integers(0, 2, persons, dtype=np.int8)
    born = draw.integers(1940, 2026, persons, dtype=np.int16)
    first = draw.integers(0, SCHEMES, persons, dtype=np.int8)
    # the first of the persons are in a second scheme, the first of these in a third
    again = rows - persons
    second, third = min(again - again // 8, persons), again // 8
    number = np.concatenate([np.arange(persons), np.arange(second), np.arange(third)]).astype(np.int32)
    turn = np.repeat(np.array([0, 1, 2], np.int8), [persons, second, third])
    scheme = (first[number] + turn) % SCHEMES
    paths = []
    for place in range(SCHEMES):
        inside = number[scheme == place]
        inside = inside[np.argsort(home[inside], kind="stable")]
        table = pa.table(
            {
                "period": pa.DictionaryArray.from_arrays(np.zeros(len(inside), np.int8), [month.key]),
                "area_code": pa.DictionaryArray.from_arrays(home[inside], villages.tolist()),
                "scheme": pa.DictionaryArray.from_arrays(np.zeros(len(inside), np.int8), [f"scheme_{place}"]),
                "person_id": pa.array(inside.astype(np.int64) * 7919 + 100_000_000_000),
                "sex": pa.DictionaryArray.from_arrays(sex[inside], ["F", "M"]),
                "birth_year": pa.array(born[inside]),
            }
        )
        plain = [
            field.with_type(pa.string()) if pa.types.is_dictionary(field.type) else field
            for field in table.schema
        ]
        paths.append(folder / f"beneficiary_list_{month.key}_scheme_{place}.csv")
        write_csv(table.cast(pa.schema(plain)), paths[-1], WriteOptions(quoting_style="none"))
    return paths
