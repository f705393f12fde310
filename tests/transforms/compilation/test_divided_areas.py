"""Areas that are divided within a year: one population, whichever of them a file speaks of, and one return a period."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from countries.country import Country, load
from sql import warehouse
from transforms.country.load_country import load_country
from transforms.identity.person import SYSTEM
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

FOLDER = Path(__file__).parents[2] / "corpus" / "country"
DIVIDED = """
0104,01,commune,ចាស់,Old Town,,2026-07-16
0105,01,commune,ថ្មីមួយ,New One,2026-07-16,
0106,01,commune,ថ្មីពីរ,New Two,2026-07-16,
010401,0104,village,ចាស់ក,Old A,,2026-07-16
010501,0105,village,ថ្មីក,New A,2026-07-16,
010601,0106,village,ថ្មីខ,New B,2026-07-16,
"""
OTHERS = ("010101", "010102", "010103", "010301")
OLD, NEW = {"010401": 100}, {"010501": 50, "010601": 50}


@pytest.fixture
def divided(empty_warehouse, tmp_path: Path) -> Country:
    shutil.copytree(FOLDER, tmp_path / "country")
    table = tmp_path / "country" / "areas.csv"
    table.write_text(table.read_text().rstrip() + DIVIDED)
    country = load(tmp_path / "country")
    load_country(country)
    receive_waiting(country)
    return country


@pytest.mark.parametrize("spoken_of", [OLD, NEW, OLD | NEW], ids=["old", "new", "both"])
def test_there_is_one_population(divided: Country, spoken_of: dict[str, int]) -> None:
    people = dict.fromkeys(OTHERS, 100) | spoken_of
    rows = [f"2026,{area},F,Y0T17,{n},A,census" for area, n in people.items()]
    header = "year,area_code,sex,age_group,population,status,source"
    submit("\n".join([header, *rows]).encode(), "people.csv", by=SYSTEM, via="api")
    receive_waiting(divided)
    with warehouse.transaction() as connection:
        total = warehouse.read(
            connection,
            "SELECT sum(population) AS n FROM core.denominator JOIN core.area USING (area_id) WHERE code = '01'",
        )
    assert total["n"].tolist() == [500]


def test_july_is_reported_once(divided: Country) -> None:
    rows = [f"2026-07,{area},cash,{sex},Y0T17,20" for area in (*OLD, *NEW) for sex in "FM"]
    header = "period,area_code,scheme,sex,age_group,beneficiaries"
    submit("\n".join([header, *rows]).encode(), "july.csv", by=SYSTEM, via="api")
    receive_waiting(divided)
    with warehouse.transaction() as connection:
        standing = warehouse.read(connection, "SELECT DISTINCT area_code FROM mart.scheme_return ORDER BY 1")
        words = warehouse.read(
            connection, "SELECT message ->> 'en' AS en FROM mart.problem WHERE rule = 'area_closed'"
        )
        owed = warehouse.read(
            connection,
            "SELECT area_code FROM mart.duty WHERE period = '2026-07' AND scheme = 'cash' ORDER BY 1",
        )
    assert standing["area_code"].tolist() == sorted(NEW)
    assert "New A (010501), New B (010601)" in words["en"].iloc[0]
    assert set(owed["area_code"]) & {*OLD, *NEW} == set(NEW)
