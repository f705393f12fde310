"""Rates and cross-checks take the population of the same year: the period's own, or else the latest before it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sala.runtime import embedded_postgres
from tests.conftest import reset
from tests.reference.world import Indicator, Scheme, World
from tests.transforms.intake.conftest import AREAS, NOW, read, returns
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.person import SYSTEM
from transforms.intake.check import check
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

VILLAGES = ("RA1", "RA2", "RB1", "RB2")
# years of which a population is known (in each village as many persons as the year) → year by which a period divides
CASES = {
    "own year": ((2025, 2026, 2027), {"2025-11": 2025, "2026-10": 2026}),
    "the latest before": ((2023, 2024), {"2025-11": 2024, "2026-10": 2024}),
    "each period its own": ((2025, 2027), {"2025-11": 2025, "2026-10": 2025}),
    "only later for one": ((2026,), {"2025-11": None, "2026-10": 2026}),
    "only later years": ((2027, 2028), {"2025-11": None, "2026-10": None}),
    "none at all": ((), {"2025-11": None, "2026-10": None}),
}


def population(year: int) -> bytes:
    rows = ["year,area_code,sex,age_group,population,status,source"]
    rows += [f"{year},{village},F,Y0T17,{year},E,census" for village in VILLAGES]
    return "\n".join(rows).encode()


@pytest.mark.parametrize("name", CASES)
def test_sql_and_cross_checks_divide_by_the_same_year(
    name: str, server: embedded_postgres.Server, tmp_path: Path
) -> None:
    years, expected = CASES[name]
    reset()
    country = World(AREAS, (Scheme("cash", 2),), (Indicator("any", ("cash",)),)).country(tmp_path)
    load_country(country)
    for year in years:
        submit(population(year), f"{year}.csv", by=SYSTEM, via="api", received_at=NOW)
    file = returns(*(f"{period} RA1 cash F Y0T17 9999" for period in expected))
    submit(file, "returns.csv", by=SYSTEM, via="api", received_at=NOW)
    receive_waiting(country)
    for period in expected:
        compile_and_publish(period)

    divided = read(
        "SELECT period, denominator FROM mart.indicator_value WHERE area_code = 'RA1' AND sex = 'F'"
    )
    in_sql = {
        period: None if pd.isna(total) else int(total) for period, total in divided.itertuples(index=False)
    }
    assert in_sql == expected

    problems = [p for p in check(file, country, day=NOW.date()).listed() if p.rule == "above_population"]
    periods = dict(enumerate(expected, 2))  # the first row below the header is row 2
    compared = {periods[p.row_number]: p.params["population"] for p in problems}
    assert dict.fromkeys(expected) | compared == expected
