"""What is exported of a release reads back equal, and shows nothing that it does not."""

import csv
import io
import json
import zipfile

import jsonschema
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from pysdmx.io import read_sdmx
from python_calamine import CalamineWorkbook

from sala.errors import Refusal
from tests.transforms.release.exports import small_sdg
from tests.transforms.release.exports.conftest import files_of
from transforms.release.exports import Format, rendered, write


def data_of(content):
    """What is in an SDMX message, as texts."""
    message = read_sdmx(io.BytesIO(content), validate=True)
    return message.data[0].data.fillna("").astype(str)


def observed(frame, **values):
    """The one observation of these values."""
    found = frame[(frame[list(values)] == pd.Series(values)).all(axis=1)]
    assert len(found) == 1
    return found.iloc[0]


@pytest.mark.parametrize("format", [Format.SDMX_CSV, Format.SDMX_ML])
def test_the_national_dataflow_reads_back_equal(format, release, figures):
    back = data_of(rendered(release, format))
    assert set(back["TIME_PERIOD"]) == {"2026"}
    assert len(back) == len(figures) + figures[["denominator", "lower_bound"]].notna().any(axis=1).sum()
    rounded = observed(back, PUBLIC_TABLE="covered", SEX="F", UNIT_MEASURE="PS")["COMMENT_OBS"]
    assert ("made up" in rounded, "ounded" in rounded) == (True, True)  # footnotes travel with each figure
    for figure in figures.to_dict("records"):
        place = {
            "PUBLIC_TABLE": figure["table"], "REF_AREA": figure["area"].replace(".", "_"), "SEX": figure["sex"],
            "INDICATOR": figure["indicator"], "SCHEME": figure["scheme"],
        }  # fmt: skip
        counted = observed(back, UNIT_MEASURE="PS", **place)
        assert counted["OBS_VALUE"] == ("" if pd.isna(figure["count"]) else str(figure["count"]))
        if pd.notna(figure["denominator"]):
            rate = observed(back, UNIT_MEASURE="PT", **place)
            for name, value in (
                ("OBS_VALUE", "value"),
                ("LOWER_BOUND", "lower_bound"),
                ("UPPER_BOUND", "upper_bound"),
            ):
                said = rate.get(name, "")
                assert (
                    (said == "")
                    if pd.isna(figure[value])
                    else (float(said) == pytest.approx(100 * figure[value]))
                )


def test_what_is_held_back_has_status_q_and_no_value(release):
    back = data_of(rendered(release, Format.SDMX_ML))
    for unit in ("PS", "PT"):
        held = observed(back, PUBLIC_TABLE="covered", REF_AREA="01", UNIT_MEASURE=unit)
        assert (held["OBS_STATUS"], held["OBS_VALUE"], held["LOWER_BOUND"]) == ("Q", "", "")
    statuses = back[back["PUBLIC_TABLE"] == "covered"].groupby("REF_AREA")["OBS_STATUS"].unique()
    assert {area: set(found) for area, found in statuses.items()} == {
        "XY": {"A"}, "01": {"Q"}, "02": {"O"}, "01_02": {"L"},
    }  # fmt: skip


def test_the_structure_holds_every_code_with_its_name(release, country):
    message = read_sdmx(io.BytesIO(rendered(release, Format.SDMX_STRUCTURE)), validate=True)
    lists = {one.id: {code.id: code.name for code in one.items} for one in message.get_codelists()}
    assert lists["CL_REF_AREA"]["01_02"] == "Area 01.02"
    assert lists["CL_INDICATOR"] == {"_T": "Total, or no breakdown", "children": "Children"}
    assert [d.short_urn for d in message.get_data_structure_definitions()] == [
        "DataStructure=XY:SALA_COVERAGE(1.0)"
    ]


@pytest.mark.parametrize("format", [Format.SDG_CSV, Format.SDG_ML])
def test_annual_series_go_out_in_the_structure_that_is_configured(format, release, tmp_path, monkeypatch):
    monkeypatch.setenv("SALA_SDG_STRUCTURE", str(small_sdg.write(tmp_path / "sdg.xml")))
    back = data_of(rendered(release, format)).set_index(["REF_AREA", "SEX"]).sort_index()
    assert list(back.index) == [
        ("XY", "F"),
        ("XY", "_T"),
        ("XY01", "_T"),
        ("XY02", "_T"),
    ]  # no parish is in its list
    assert set(back["SERIES"]) == {"SI_COV_CHLD"}
    assert set(back["URBANISATION"]) == {"_T"}
    assert float(back.loc[("XY", "_T"), "OBS_VALUE"]) == pytest.approx(100 * 41 / 123)
    assert back.loc[("XY01", "_T"), ["OBS_STATUS", "OBS_VALUE"]].tolist() == ["Q", ""]
    assert back.loc[("XY02", "_T"), ["LOWER_BOUND", "UPPER_BOUND"]].tolist() == ["25", "75"]


def test_without_its_structure_or_with_a_wrong_one_the_export_says_so(
    release, country, figures, tmp_path, monkeypatch
):
    def refused(files=release):
        with pytest.raises(Refusal) as refusal:
            rendered(files, Format.SDG_CSV)
        return str(refusal.value)

    monkeypatch.delenv("SALA_SDG_STRUCTURE", raising=False)
    assert "Set SALA_SDG_STRUCTURE" in refused()
    monkeypatch.setenv("SALA_SDG_STRUCTURE", str(tmp_path / "sdg.xml"))
    assert "sdg.xml, and there is no such file" in refused()
    (tmp_path / "sdg.xml").write_text("<a/>")
    assert "is not an SDMX-ML file with one data structure" in refused()
    small_sdg.write(tmp_path / "sdg.xml", SERIES="SI_COV_PENSN")
    assert "SERIES can be none of SI_COV_CHLD" in refused()
    small_sdg.write(tmp_path / "sdg.xml")
    assert "the structure is annual" in refused(files_of(country, figures, "2026-10"))


def test_a_file_is_there_whole_or_not_at_all(release, tmp_path, monkeypatch):
    monkeypatch.delenv("SALA_SDG_STRUCTURE", raising=False)
    with pytest.raises(Refusal):
        write(release, "sdg-ml", tmp_path / "out.xml")
    assert list(tmp_path.iterdir()) == []


def test_parquet_and_the_package_read_back_equal(release, figures, tmp_path):
    write(release, "parquet", tmp_path / "figures.parquet")
    back = pd.read_parquet(tmp_path / "figures.parquet")
    numbers = ["count", "denominator", "value", "lower_bound", "upper_bound", "completeness"]
    assert_frame_equal(back[numbers].astype("Float64"), figures[numbers].astype("Float64"))
    assert (
        back[["table", "key", "status"]].to_numpy().tolist()
        == figures[["table", "key", "status"]].to_numpy().tolist()
    )
    with zipfile.ZipFile(io.BytesIO(rendered(release, "csv"))) as package:
        assert {name: package.read(name) for name in package.namelist()} == release


def test_the_package_describes_its_files_as_the_standard_wants(release):
    """Data Package 1.0, tabular profile: the descriptor by its rules, and each file by the descriptor."""
    descriptor = json.loads(release["datapackage.json"])
    jsonschema.validate(descriptor, PACKAGE)
    assert {each["path"] for each in descriptor["resources"]} == {"covered.csv", "paid.csv"}
    for resource in descriptor["resources"]:
        fields = resource["schema"]["fields"]
        header, *lines = csv.reader(io.StringIO(release[resource["path"]].decode()))
        assert header == [field["name"] for field in fields]
        for field, values in zip(fields, zip(*lines, strict=True), strict=True):
            stated = [value for value in values if value not in resource["schema"]["missingValues"]]
            assert all(CELLS[field["type"]](value) is not None for value in stated)
            if field["name"] == resource["schema"]["primaryKey"]:
                assert len(set(stated)) == len(lines)


NAME = {"type": "string", "pattern": "^[-a-z0-9._/]+$"}
PACKAGE = {
    "type": "object",
    "required": ["profile", "name", "resources"],
    "properties": {
        "profile": {"const": "tabular-data-package"},
        "name": NAME,
        "sources": {"type": "array", "items": {"type": "object", "required": ["title"]}},
        "resources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["profile", "name", "path", "schema"],
                "properties": {
                    "profile": {"const": "tabular-data-resource"},
                    "name": NAME,
                    "path": {"type": "string", "pattern": r"^[^/.][^/]*\.csv$"},
                    "encoding": {"const": "utf-8"},
                    "schema": {
                        "type": "object",
                        "required": ["fields"],
                        "properties": {
                            "fields": {
                                "type": "array",
                                "minItems": 1,
                                "items": {
                                    "type": "object",
                                    "required": ["name", "type"],
                                    "properties": {
                                        "name": {"type": "string"},
                                        "type": {"enum": ["string", "integer", "number"]},
                                    },
                                },
                            },
                            "primaryKey": {"type": "string"},
                            "missingValues": {"type": "array", "items": {"type": "string"}},
                        },
                    },
                },
            },
        },
    },
}
CELLS = {"string": str, "integer": int, "number": float}


def test_the_workbook_is_for_people(release):
    book = CalamineWorkbook.from_filelike(io.BytesIO(rendered(release, "xlsx", "fr")))
    assert book.sheet_names == ["Notes", "covered", "paid", "Notes de bas de page", "Définitions", "ILO SSI"]
    rows = book.get_sheet_by_name("covered").to_python()
    assert rows[1][:2] == ["XY", "Unité XY"]
    counts = [row[5] for row in rows[1:]]
    why = ["Retenu pour protéger des personnes", "Seules des bornes sont connues", "Inconnu"]
    assert counts == [41, 20, *why]


def test_each_empty_cell_of_the_inquiry_says_why_and_who_could_fill_it(release):
    table = pd.read_csv(io.BytesIO(rendered(release, "ilo-ssi")), keep_default_na=False)
    empty = table["value"] == ""
    assert (table.loc[empty, ["reason", "who"]] != "").all(axis=None)
    assert (table.loc[~empty, ["reason", "who"]] == "").all(axis=None)
    grant = table[table["scheme"] == "grant"].set_index(["item", "sex"])
    assert grant.loc[("Beneficiaries", "_T"), "value"] == "41"
    assert grant.loc[("Beneficiaries", "F"), ["reason", "who"]].tolist() == [
        "Held back to protect persons.",
        "MIN",
    ]
