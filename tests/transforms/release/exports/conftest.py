"""A released year of a tiny country, with a figure of every status."""

import pandas as pd
import pytest

from countries.country import load
from tests.countries import tiny
from transforms.release.exports.release_files import NUMBERS
from transforms.release.files import content

TABLES = """\
public_tables:
  - {id: covered, names: {en: Covered, fr: Couverts}, dimensions: [area, sex, indicator], layer: parish, measure: numerator, method: suppress}
  - {id: paid, names: {en: Paid, fr: Payés}, dimensions: [area, scheme, sex], layer: county, measure: beneficiaries, method: suppress}
"""  # noqa: E501
ROWS = [
    # table, area, sex, scheme, indicator, count, denominator, lower, upper, completeness, status
    ("covered", "XY", "_T", "_T", "children", 41, 123, None, None, 1, "A"),
    ("covered", "XY", "F", "_T", "children", 20, 60, None, None, 1, "R"),
    ("covered", "01", "_T", "_T", "children", None, 70, None, None, 0.5, "Q"),
    ("covered", "02", "_T", "_T", "children", None, 53, 0.25, 0.75, 0.5, "U"),
    ("covered", "01.02", "_T", "_T", "children", None, None, None, None, 0, "L"),
    ("paid", "XY", "_T", "grant", "_T", 41, None, None, None, None, "A"),
    ("paid", "XY", "F", "grant", "_T", None, None, None, None, None, "Q"),
    ("paid", "01", "_T", "grant", "_T", 30, None, None, None, None, "A"),
]
NAMES = ["table", "area", "sex", "scheme", "indicator", "count", "denominator", "lower_bound", "upper_bound"]


@pytest.fixture(scope="package")
def country(tmp_path_factory):
    folder = tmp_path_factory.mktemp("country")
    return load(tiny.write(folder, country=("calendar:\n", f"{TABLES}calendar:\n")))


@pytest.fixture(scope="package")
def figures():
    frame = pd.DataFrame(ROWS, columns=[*NAMES, "completeness", "status"]).assign(age_group="_T")
    frame["footnotes"] = "made_up" + frame["status"].map({"R": " rounded", "U": " only_bounds"}).fillna("")
    frame["value"] = frame["count"].astype("Float64") / frame["denominator"].astype("Float64")
    codes = frame[["area", "sex", "scheme", "indicator"]].agg(":".join, axis=1)
    return frame.assign(key=codes).astype(NUMBERS)


@pytest.fixture(scope="package")
def release(country, figures):
    return files_of(country, figures, "2026")


def files_of(country, figures, period):
    areas = pd.DataFrame(
        [("XY", None, "nation"), ("01", "XY", "county"), ("02", "XY", "county"), ("01.02", "01", "parish")],
        columns=["code", "parent", "layer"],
    )
    areas["names"] = [{"en": f"Area {code}", "fr": f"Unité {code}"} for code in areas["code"]]
    notes = {"release": f"{period}-r1", "period": period, "version": "1.0.0", "note": "First"}
    return {file.name: file.content for file in content(country, figures, areas, notes)}
