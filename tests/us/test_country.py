"""The second country: it is sound, and its areas and converter fit the published table."""

from datetime import date

import pytest

from countries import gazetteer
from countries.country import check, load
from tests.us import oasdi


@pytest.fixture(scope="module")
def areas():
    return gazetteer.areas(load(oasdi.COUNTRY)).areas


def test_the_folder_is_sound():
    assert check(oasdi.COUNTRY) == []


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
