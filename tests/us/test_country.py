"""The second country: it is sound, and its areas and converter fit the published table."""

from datetime import date

import pytest

from countries import gazetteer
from countries.country import check, load
from sala.runtime import embedded_postgres
from sql import warehouse
from tests.conftest import reset
from tests.us import oasdi
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.person import EVERYBODY
from transforms.intake.read.isolated import read
from transforms.intake.receive import receive_waiting
from transforms.intake.reference_data import without_warehouse
from transforms.intake.submit import submit
from validators.country_rules import RULES
from validators.verdict import judge

MISSPELT = oasdi.TABLE.read_bytes().replace(b"2013,Alabama,", b"2013,Alabamma,", 1)


@pytest.fixture(scope="module")
def areas():
    return gazetteer.areas(load(oasdi.COUNTRY)).areas


def test_the_folder_is_sound():
    assert check(oasdi.COUNTRY, RULES) == []


@pytest.mark.parametrize(("day", "count"), [(date(2013, 12, 31), 57), (date(2014, 12, 31), 58)])
def test_areas_of_the_year(areas, day, count):
    standing = areas[(areas["layer"] == "area") & (areas["valid_from"] <= day)]
    assert len(standing) == count


def test_every_area_of_the_table_is_an_area_of_its_year(areas):
    returns = oasdi.returns()
    by_year = returns.groupby("period")["area_code"].agg(set)
    codes = set(areas.loc[areas["layer"] == "area", "code"])
    assert by_year["2014"] == codes
    assert by_year["2013"] == codes - {"XU"}


def test_areas_add_up_to_the_published_totals():
    official = oasdi.official()
    assert (official["2013", "_T"], official["2014", "_T"]) == (57_978_610, 59_007_158)
    by_type = oasdi.returns().groupby(["period", "scheme"])["beneficiaries"].sum()
    assert len(by_type) == 16
    assert by_type.to_dict() == official.drop("_T", level="scheme").to_dict()


def test_the_table_as_it_is_published_comes_to_the_official_totals(server: embedded_postgres.Server):
    """No script: the country folder names its titles, its areas and the rows that are not read."""
    reset()
    country = load(oasdi.COUNTRY)
    load_country(country)
    submit(MISSPELT, "draft.csv", by=EVERYBODY, via="cli")
    submit(oasdi.TABLE.read_bytes(), "5.J2.csv", by=EVERYBODY, via="cli")
    for period in receive_waiting(country):
        compile_and_publish(period)
    with warehouse.transaction() as connection:
        rows = warehouse.read(
            connection,
            "SELECT period, scheme, sum(beneficiaries)::bigint AS persons FROM mart.scheme_total"
            " WHERE area_level = 'nation' GROUP BY period, scheme",
        )
        states = warehouse.read(connection, "SELECT filename, state FROM mart.submission")
    assert states.set_index("filename")["state"].to_dict() == {"draft.csv": "loaded", "5.J2.csv": "loaded"}
    figures = rows.set_index(["period", "scheme"])["persons"].to_dict()
    assert figures == oasdi.official().drop("_T", level="scheme").to_dict()


def test_a_wrong_cell_of_a_published_table_is_named_at_each_of_its_lines():
    table = read(MISSPELT, load(oasdi.COUNTRY))
    assert table.notes["left out"] == "rows 2, 54, 61, 113"
    verdict = judge(table, load(oasdi.COUNTRY), without_warehouse(load(oasdi.COUNTRY)))
    assert (verdict.outcome, verdict.rows_rejected) == ("partial", 8)
    found = verdict.problems.loc[verdict.problems["severity"] == "reject", ["row_number", "column", "value"]]
    assert found.to_numpy().tolist() == [[line, "area_code", "Alabamma"] for line in range(2, 10)]
