"""Whole persons all the way down, and the nation is what the United Nations say."""

import csv
import gzip
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from countries.country import CAMBODIA, load
from countries.population import COLUMNS, population, share_out
from tests.countries import tiny
from tests.us import oasdi

PROSPECTS = Path(find_spec("bokeh_sampledata").submodule_search_locations[0]) / "_data" / "population.csv.gz"


def prospects() -> dict[tuple[str, str, int], int]:
    with gzip.open(PROSPECTS, "rt") as file:
        rows = [row for row in csv.DictReader(file) if row["LocID"] == "116"]
    return {(row["Year"], row["Sex"][0], int(row["AgeGrpStart"])): int(row["Value"]) for row in rows}


def test_the_nation_is_the_projection_between_2025_and_2030(people):
    bands = prospects()
    in_2026 = {
        (sex, start): 0.8 * persons + 0.2 * bands["2030", sex, start]
        for (year, sex, start), persons in bands.items()
        if year == "2025"
    }
    assert people["population"].sum() == round(sum(in_2026.values())) == 18_043_861
    totals = people.groupby(["sex", "age_group"])["population"].sum()
    for sex in "FM":

        def of(*starts: int, sex: str = sex) -> float:
            return sum(in_2026[sex, start] for start in starts)

        teens = of(15)  # 15, 16 and 17 are three of the five years, 18 and 19 two
        expected = {
            "Y0T4": of(0),
            "Y5T17": of(5, 10) + 0.6 * teens,
            "Y18T34": 0.4 * teens + of(20, 25, 30),
            "Y35T59": of(35, 40, 45, 50, 55),
            "Y60T74": of(60, 65, 70),
            "Y_GE75": of(75, 80, 85, 90, 95, 100),
        }
        assert totals[sex].to_dict() == pytest.approx(expected, abs=1)


def test_provinces_have_their_shares_and_villages_of_one_are_equal(people):
    lines = (CAMBODIA / "census_2019.csv").read_text().splitlines()[1:]
    census = {line[:2]: int(line.split(",")[-1]) for line in lines}
    assert sum(census.values()) == 15_552_211
    leaves = people.groupby("area_code")["population"].sum()
    province = leaves.index.str[:2]
    total = leaves.groupby(province).sum()
    expected = {code: persons * 18_043_861 / 15_552_211 for code, persons in census.items()}
    assert total.to_dict() == pytest.approx(expected, abs=12)  # each of twelve cells is rounded once
    spread = leaves.groupby(province).agg(["min", "max"])
    assert (spread["max"] - spread["min"]).max() <= 1


def test_every_village_has_people_and_the_commune_without_villages_too(people, places):
    areas = places.areas
    leaves = set(areas["code"]) - set(areas["parent_code"])
    assert set(people["area_code"]) == leaves
    assert "100409" in leaves
    assert len(people) == len(leaves) * 12
    assert people.columns.tolist() == COLUMNS
    assert set(people["status"]) == {"E"}
    assert (people["population"] >= 0).all()


def test_an_estimate_done_by_hand(tmp_path):
    """2024 lies four fifths of the way from 2020 to 2025; 18 of the 20 years of the first band are young.

    Girls 126, women 154, boys 131.4, men 155.6: 567 persons in all, and the odd one goes to the men. Upper
    county has two thirds of each, its two parishes half of that.
    """
    people = population(load(tiny.write(tmp_path)))
    table = people.pivot(index="area_code", columns=["sex", "age_group"], values="population")
    nation = table.sum()
    assert nation["F", "young"] == 126
    assert nation["F", "grown"] == 154
    assert nation["M", "young"] == 131
    assert nation["M", "grown"] == 156
    assert table.loc["02.01"].to_dict() == {
        ("F", "young"): 42,
        ("F", "grown"): 51,
        ("M", "young"): 44,
        ("M", "grown"): 52,
    }
    assert abs(table.loc["01.01"].sum() - table.loc["01.02"].sum()) <= 1


def test_a_table_of_the_country_is_taken_as_it_is(tmp_path):
    structure = tiny.FILES["country.yaml"].split("population:\n")[1]
    folder = tiny.write(tmp_path, country=(structure, "  table: {file: census.csv}\n"))
    (folder / "census.csv").write_text(
        "year,area_code,sex,age_group,population,status,source\n2020,01.01,F,young,12,A,census\n"
    )
    people = population(load(folder))
    assert people.to_dict("records") == [
        dict(zip(COLUMNS, [2020, "01.01", "F", "young", 12, "A", "census"], strict=True))
    ]


def test_a_country_without_population_has_no_rows():
    people = population(load(oasdi.COUNTRY))
    assert people.empty
    assert people.columns.tolist() == COLUMNS


@given(
    st.integers(0, 10**7),
    st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any),
    st.integers(0, 100),
)
def test_whole_parts_of_a_whole(total, weights, turn):
    parts = share_out(total, np.array(weights), turn)
    assert parts.sum() == total
    exact = total * np.array(weights) / sum(weights)
    assert (np.abs(parts - exact) < 1).all()
