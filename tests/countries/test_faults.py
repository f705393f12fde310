"""Every fault of a country folder is named with its file and line, in words that say what to do."""

# ruff: noqa: E501 (a table reads best with one fault a line)

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countries.country import CountryError, check, load
from tests.countries import tiny
from transforms.country.examine_folder import examine_folder

# stem of the file, what stands there, what is put there, the line it must be found at, words of the message
FAULTS = {
    "unknown layer": ("schemes", "layer: county", "layer: canton", 20, "`canton` is not one of the layers"),
    "unknown administrator": ("schemes", "MIN\n  function: family", "MOF\n  function: family", 4, "`MOF` is not one of the administrators; there are MIN"),
    "unknown age group": ("schemes", "[young]", "[baby]", 11, "`baby` is not one of the age groups; there are young, grown"),
    "unknown flash layer": ("country", "layer: parish, due", "layer: village, due", 15, "`village` is not one of the layers"),
    "no items in a list": ("country", "due_days: 3}", "due_days: 3, items_per_list: 0}", 15, "`items_per_list` is '0': input should be greater than"),
    "grievance term twice": ("country", "root: XY\n", "root: XY\ngrievances: {categories: [{id: late, names: {en: L, fr: L}}, {id: late, names: {en: M, fr: M}}]}\n", 7, "the id `late` is taken by entry 1"),
    "grievance term in one language": ("country", "root: XY\n", "root: XY\ngrievances: {categories: [{id: late, names: {en: L}}]}\n", 7, "`names` has no text in `fr`"),
    "scheme of an indicator": ("children", "[grant]", "[grants]", 8, "`grants` is not one of the schemes; there are grant, pension"),
    "age of an indicator": ("children", "[young]", "[old]", 11, "`old` is not one of the age groups"),
    "no ages to pick from": ("children", "together", "age_groups: [grown]\n  together", 8, "`grant` does not report by age"),
    "no reason": ("children", "There is only one scheme, so nobody is in two.", "So.", 10, "at least 20 characters"),
    "duplicate scheme": ("schemes", "id: pension", "id: grant", 13, "the id `grant` is taken by entry 1"),
    "duplicate layer": ("country", "id: parish", "id: county", 10, "the id `county` is taken"),
    "duplicate key": ("schemes", "layer: parish\n", "layer: parish\n  layer: county\n", 9, "`layer` stands twice"),
    "unknown key": ("schemes", "due_days: 60", "due_day: 60", 22, "`due_day` is not a known key; did you mean `due_days`?"),
    "unknown section": ("country", "currency:", "curency:", 5, "`curency` is not a known key; did you mean `currency`?"),
    "missing key": ("schemes", "  due_days: 60\n", "", 13, "`due_days` is missing: days after the end of the period"),
    "missing section": ("country", "root: XY\n", "", 1, "`root` is missing"),
    "not a choice": ("schemes", "frequency: Y", "frequency: yearly", 21, "`frequency` is 'yearly'; it can be 'M' or 'Y'"),
    "not a number": ("schemes", "due_days: 10", "due_days: ten", 10, "`due_days` is 'ten'; a number belongs here"),
    "not a date": ("schemes", "2010-01-01", "1 January 2010", 24, "`starts` is '1 January 2010'; a date belongs here"),
    "ends before it starts": ("schemes", "  starts: 2010-01-01", "  starts: 2010-01-01\n  ends: 2009-01-01", 13, "ends on 2009-01-01, before"),
    "not a yes": ("schemes", "by_age: yes", "by_age: perhaps", 23, "write yes or no"),
    "not a list": ("children", "schemes: [grant]", "schemes: grant", 8, "should be a list, not 'grant'"),
    "missing translation": ("schemes", "{en: Grant, fr: Aide}", "{en: Grant}", 2, "`names` has no text in `fr`"),
    "stray translation": ("schemes", "fr: Aide}", "fr: Aide, de: Hilfe}", 2, "`de` is not one of the country's languages"),
    "comma without quotes": ("schemes", "en: Pensioners,", "en: Pensioners, men, women,", 15, "needs quotes"),
    "overlapping ages": ("country", "low: 18", "low: 17", 13, "grown begins at 17, inside young"),
    "bad pattern": ("country", '"[0-9]{2}"', '"[0-9{2}"', 9, "is not a regular expression"),
    "unknown time zone": ("country", "Africa/Kigali", "Kigali", 4, "'Kigali' is not a time zone"),
    "tile drawn twice": ("country", "root: XY\n", "root: XY\ntile_grid: {layer: county, drawing: U U, labels: {U: 01}}\n", 7, "drawn twice: U"),
    "tile without an area": ("country", "root: XY\n", "root: XY\ntile_grid: {layer: county, drawing: U L, labels: {U: 01}}\n", 7, "not in both: L"),
    "decimal and thousands": ("country", "root: XY\n", "root: XY\nlocale: {decimal: ',', thousands: ','}\n", 7, "are both ','"),
    "not yaml": ("schemes", "counts: {en: Children,", "counts: {en: Children", 3, "is not YAML"),
    "layer of a public table": ("country", "root: XY\n", "root: XY\npublic_tables: [{id: t, names: {en: T, fr: T}, dimensions: [area, scheme], layer: canton, measure: beneficiaries, method: suppress}]\n", 7, "`canton` is not one of the layers"),
    "public table without areas": ("country", "root: XY\n", "root: XY\npublic_tables: [{id: t, names: {en: T, fr: T}, dimensions: [scheme], layer: county, measure: beneficiaries, method: suppress}]\n", 7, "no `area` among its dimensions"),
    "public table without what it counts": ("country", "root: XY\n", "root: XY\npublic_tables: [{id: t, names: {en: T, fr: T}, dimensions: [area, sex], layer: county, measure: numerator, method: suppress}]\n", 7, "`numerator` is counted by indicator"),
    "base below the threshold": ("country", "root: XY\n", "root: XY\npublic_tables: [{id: t, names: {en: T, fr: T}, dimensions: [area, scheme], layer: county, measure: beneficiaries, method: round, base: 3}]\n", 7, "the base 3 hides less than the threshold 5"),
    "thresholds beside a rounded table": ("country", "root: XY\n", "root: XY\npublic_tables: [{id: t, names: {en: T, fr: T}, dimensions: [area, scheme], layer: county, measure: beneficiaries, method: round}, {id: u, names: {en: T, fr: T}, dimensions: [area, scheme], layer: county, measure: registered, method: suppress, threshold: 10}]\n", 7, "all need one threshold: `t` has 5"),
    "base without rounding": ("country", "root: XY\n", "root: XY\npublic_tables: [{id: t, names: {en: T, fr: T}, dimensions: [area, scheme], layer: county, measure: beneficiaries, method: suppress, base: 5}]\n", 7, "`base` is of tables that are rounded"),
    "one layer": ("country", tiny.FILES["country.yaml"].split("layers:")[1].split("age_groups:")[0], "\n  - {id: nation, names: {en: N, fr: P}, plurals: {en: N, fr: P}}\n", 7, "the chain has 1 layers; it can have two to eight"),
    "unknown parent": ("areas", "01.02,01,parish", "01.02,09,parish", 5, "its parent '09' is not an area"),
    "cycle": ("areas", "01,XY,county", "01,01.02,county", 2, "its parents run in a circle: 01 → 01.02 → 01"),
    "own parent": ("areas", "02,XY,county", "02,02,county", 3, "its parents run in a circle: 02 → 02"),
    "layer left out": ("areas", "02.01,02,parish", "02.01,XY,parish", 6, "its parent XY is a nation; a parent is of the layer above"),
    "unknown layer of an area": ("areas", "01.01,01,parish", "01.01,01,canton", 4, "'canton' is not a layer"),
    "shared code": ("areas", "01.02,01,parish,Dale", "01.01,01,parish,Dale", 5, "Dale shares its code with Hill, line 4"),
    "code of another shape": ("areas", "02.01,02", "0201,02", 6, "the code does not have the shape"),
    "area without a name": ("areas", "parish,Marsh", "parish,", 6, "has no name in en, fr"),
    "bad date of an area": ("areas", "2010-07-01", "07/2010", 3, "dates are written like 2013-12-31"),
    "missing column": ("areas", "code,parent,layer,name,since", "code,parent,layer,title,since", 1, "has no column name; it has code"),
    "missing file": ("country", "areas.csv", "regions.csv", 1, "is missing, and the country folder names it"),
    "missing package": ("country", "file: areas.csv", "package: no_such_package\n      file: areas.csv", 1, "`no_such_package`, which is not installed"),
    "shares of other areas": ("shares", "02,100", "03,100", 1, "look at 02, 03"),
    "share given twice": ("shares", "02,100", "02,100\n01,5", 1, "look at 01"),
    "share that is no number": ("shares", "02,100", "02,many", 3, "`persons` is 'many'; a number belongs here"),
    "age band left out": ("people", "2020,m,20,101\n", "", 1, "every age band of women and men in every year"),
    "year without people": ("country", "years: [2024]", "years: [2030]", 1, "2030 is outside"),
    "structure without a year": ("country", "  years: [2024]\n", "", 25, "`structure` with `years` and `source`"),
}  # fmt: skip

# where the fault shows in another file than the one that was changed
ELSEWHERE = {"missing file": "regions", "missing package": "areas", "year without people": "people"}


@pytest.mark.parametrize("name", FAULTS)
def test_fault_is_named_with_file_and_line(name, tmp_path):
    stem, old, new, line, words = FAULTS[name]
    faults = check(tiny.write(tmp_path, **{stem: (old, new)}))
    assert any(fault.line == line and words in fault.message for fault in faults), "\n".join(map(str, faults))
    assert {fault.file.stem for fault in faults if words in fault.message} == {ELSEWHERE.get(name, stem)}


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(sorted(tiny.FILES)),
    st.integers(0, 200),
    st.sampled_from(["", "[]", "null", "- x", "&a [*a]", "é: '"]),
)
def test_whatever_a_line_says_the_answer_is_a_list_of_faults(name, number, junk):
    with TemporaryDirectory() as folder:
        file = tiny.write(Path(folder)) / name
        lines = file.read_text().splitlines()
        lines[number % len(lines)] = junk
        file.write_text("\n".join(lines))
        assert all(fault.file.is_relative_to(folder) and fault.line for fault in check(folder))


def test_a_good_folder_has_no_fault(tmp_path):
    assert check(tiny.write(tmp_path)) == []
    country = load(tmp_path)
    assert [layer.id for layer in country.layers] == ["nation", "county", "parish"]
    assert country.scheme("pension").starts.isoformat() == "2010-01-01"


def test_all_faults_at_once(tmp_path):
    folder = tiny.write(
        tmp_path,
        schemes=("layer: county", "layer: canton"),
        children=("[grant]", "[grants]"),
        areas=("01.02,01,parish", "01.02,09,parish"),
    )
    faults = check(folder)
    assert [(fault.file.name, fault.line) for fault in faults] == [
        ("areas.csv", 5),
        ("children.yaml", 8),
        ("schemes.yaml", 20),
    ]


@pytest.mark.parametrize(
    ("name", "lines", "faults"),
    [
        (
            "areas.csv",
            ["01,XY,county,Upper,soon", "01.01,01,parish,Hill,1-1-2020", "01.02,09,parish,Dale,", "02,XY,canton,Low,"],
            [(2, "`since` is 'soon'"), (3, "`since` is '1-1-2020'"), (4, "its parent '09'"), (5, "'canton' is not a layer")],
        ),
        (
            "areas.csv",
            ["01,XY,county,Upper,", "01.01,01,parish,Hill,,", "01.02,01,parish,Up, Dale,", "01.03,01"],
            [(3, "has 6 cells, and the header 5"), (4, "has 6 cells"), (5, "has 2 cells")],
        ),
        ("areas.csv", ["01,XY,county,Bl\udce9,", "02,XY,county,Gr\udce9,"], [(2, "is not UTF-8"), (3, "is not UTF-8")]),
        (
            "people.csv",
            ["2020,f,0,many", "2020,m,0,inf", "then,m,20,1"],
            [(2, "`persons` is 'many'"), (3, "`persons` is 'inf'"), (4, "`year` is 'then'")],
        ),
    ],
)  # fmt: skip
def test_every_fault_of_a_table_at_once(name, lines, faults, tmp_path):
    file = tiny.write(tmp_path) / name
    header = tiny.FILES[name].partition("\n")[0]
    file.write_text("\n".join([header, *lines]), "utf-8", "surrogateescape")
    found = {fault.line: fault.message for fault in check(tmp_path)}
    assert sorted(found) == [line for line, _ in faults]
    assert [words for line, words in faults if words not in found[line]] == []


def test_an_area_that_is_named_and_is_none(tmp_path):
    grid = "tile_grid: {layer: county, drawing: U L, labels: {U: 01, L: 03}}\n"
    exchange = "exchange: {adx: {places: {x: 01.07}, elements: {}}}\n"
    folder = tiny.write(tmp_path, country=("root: XY\n", f"root: XY\n{grid}{exchange}"))
    assert [(fault.line, fault.message) for fault in check(folder)] == [
        (7, "`03` is no area of the gazetteer"),
        (8, "`01.07` is no area of the gazetteer; did you mean `01.02`?"),
    ]


def test_a_table_of_people_is_judged_as_it_will_be_when_it_is_handed_in(tmp_path):
    counted = "  table: {file: counted.csv}\n"
    estimate = tiny.FILES["country.yaml"].partition("population:\n")[2]
    folder = tiny.write(tmp_path, country=(estimate, counted))
    rows = ["01.01,F,young,7", "01.09,F,young,7", "01.01,Q,young,7", "01.02,F,young,7", "01.02,F,young,8"]
    lines = [f"2024,{row},A,census" for row in rows]
    (folder / "counted.csv").write_text(
        "\n".join(["year,area_code,sex,age_group,population,status,source", *lines])
    )
    assert check(folder) == []
    assert [fault.line for fault in examine_folder(folder).faults] == [3, 4, 5, 6]
    (folder / "counted.csv").write_text((folder / "counted.csv").read_text().replace(",8,", ",7.5,"))
    assert [fault.line for fault in examine_folder(folder).faults] == [6]


def test_loading_a_bad_folder_says_all_of_it(tmp_path):
    folder = tiny.write(
        tmp_path, schemes=("layer: county", "layer: canton"), children=("[grant]", "[grants]")
    )
    with pytest.raises(CountryError) as error:
        load(folder)
    assert len(error.value.faults) == 2
    assert re.search(r"schemes\.yaml:20: `canton`", str(error.value))


@pytest.mark.parametrize("name", ["scheme.yaml", "notes.yaml"])
def test_a_stray_file_is_named(name, tmp_path):
    (tiny.write(tmp_path) / name).write_text("a: 1\n")
    assert [fault.file.name for fault in check(tmp_path)] == [name]


def test_a_section_in_two_places_is_named(tmp_path):
    (tiny.write(tmp_path) / "calendar.yaml").write_text("flash_reports: {layer: parish, due_days: 1}\n")
    assert "keep one of them" in str(check(tmp_path)[0])


def test_a_folder_without_a_country(tmp_path):
    assert "country.yaml:1: is missing" in str(check(tmp_path)[0])
