"""Denominators: their vintage and status, the years between two counts, and figures restated by another population."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from countries.country import Country, load
from sala.runtime import embedded_postgres
from tests.conftest import country_in_use, reset
from tests.reference import oracle
from tests.reference.world import Indicator, Scheme, World
from tests.transforms.intake.conftest import AREAS, NOW, read, returns
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.person import SYSTEM
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

VILLAGES = ("RA1", "RA2", "RB1", "RB2")
COUNTED = {  # village → year → women counted; RB2 was counted once only
    "RA1": {2020: 101, 2030: 204},
    "RA2": {2020: 7, 2030: 0},
    "RB1": {2020: 50, 2025: 40, 2030: 90},
    "RB2": {2030: 10},
}


def people(year: int, source: str, status: str = "A", counted: dict = COUNTED, **changed: int) -> bytes:
    rows = ["year,area_code,sex,age_group,population,status,source"]
    of_year = {village: years[year] for village, years in counted.items() if year in years} | changed
    rows += [f"{year},{village},F,Y0T17,{n},{status},{source}" for village, n in of_year.items()]
    return "\n".join(rows).encode()


@pytest.fixture
def country(server: embedded_postgres.Server, tmp_path: Path) -> Country:
    reset()
    World(AREAS, (Scheme("cash", 2),), (Indicator("any", ("cash",)),)).country(tmp_path)
    declared = yaml.safe_load((tmp_path / "country.yaml").read_text())
    declared["population"] = {"between_years": "linear"}
    declared["checks"] |= {"new_population_year": "warn"}  # the files of later years leave a village out
    (tmp_path / "country.yaml").write_text(yaml.safe_dump(declared))
    with country_in_use(tmp_path):
        country = load(tmp_path)
        load_country(country)
        yield country


def _submit(country: Country, *files: bytes) -> None:
    for file in files:
        submit(file, "people.csv", by=SYSTEM, via="api", received_at=NOW)
    receive_waiting(country)


def test_years_between_two_counts_are_drawn_area_by_area(country: Country) -> None:
    _submit(
        country,
        people(2020, "census 2020"),
        people(2025, "survey 2025", "E"),
        people(2030, "projection", "F"),
    )
    marts = read("SELECT * FROM mart.population WHERE sex = 'F'").set_index(["area_code", "year"])
    for year in range(2020, 2031):
        for village, years in COUNTED.items():
            expected = oracle.between(years, year)
            shown = marts["population"].get((village, year))
            assert (None if shown is None else int(shown)) == expected, (village, year)
        drawn = [oracle.between(COUNTED[v], year) for v in ("RA1", "RA2")]
        assert marts["population"].get(("RA", year)) == sum(drawn), year
    assert ("RB", 2027) not in marts.index, "a village of it has none"
    assert marts["status"]["RA", 2020] == "A"
    assert marts["status"]["RA", 2024] == "I"
    assert marts["from_years"]["RB1", 2027] == [2025, 2030]
    assert marts["from_years"]["RA", 2027] == [2020, 2030]
    assert marts["sources"]["RB1", 2027] == ["projection", "survey 2025"]


def test_another_population_restates_with_its_cause(country: Country) -> None:
    period = "2026-10"
    _submit(country, people(2026, "old", counted={v: {2026: 100} for v in VILLAGES}))
    _submit(
        country,
        returns(*(f"{period} {v} cash F Y0T17 {n}" for v, n in zip(VILLAGES, (30, 20, 25, 50), strict=True))),
    )
    compile_and_publish(period)
    _submit(country, people(2026, "new", counted={v: {2026: 100} for v in VILLAGES}, RA1=150))
    compile_and_publish(period)
    change = read("SELECT * FROM mart.indicator_change WHERE sex = 'F'").set_index("area_code")
    assert set(change["cause"]) == {"denominator"}
    assert set(change.index) == {"RA1", "RA", "R"}, "only where it changed"
    assert (change["value_before"]["RA1"], change["value"]["RA1"]) == (0.3, 0.2)
    assert change["by_counts"]["RA1"] == 0
    assert change["by_denominator"]["RA1"] == pytest.approx(-0.1)

    _submit(country, returns(f"{period} RB2 cash F Y0T17 60"))
    compile_and_publish(period)
    change = read("SELECT * FROM mart.indicator_change WHERE sex = 'F' AND area_code = 'RB2'").iloc[0]
    assert (change["cause"], change["by_denominator"]) == ("returns", 0)
    assert change["by_counts"] == pytest.approx(0.1)
    divides = read("SELECT * FROM mart.denominator WHERE area_code = 'RA1' AND sex = '_T'").iloc[0]
    assert (divides["year"], divides["persons"], divides["sources"]) == (2026, 150, ["new"])
    eligible = read("SELECT * FROM mart.eligible_population WHERE area_code = 'R' AND sex = '_T'").iloc[0]
    assert (eligible["persons"], eligible["status"], eligible["scheme"]) == (450, "A", "cash")
