"""The smallest country of the README is a country."""

import re
from pathlib import Path

import countries
from countries.country import check, load
from countries.gazetteer import areas
from countries.model import Country

README = (Path(countries.__file__).parent / "README.md").read_text()


def test_the_smallest_country_is_sound(tmp_path):
    for name, text in re.findall(r"`([\w/]+\.(?:yaml|csv))`:\n\n```\w+\n(.*?)```", README, re.DOTALL):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert check(tmp_path) == []
    country = load(tmp_path)
    assert [scheme.id for scheme in country.schemes] == ["pension"]
    assert areas(country).areas["code"].tolist() == ["XY", "01", "02"]


def test_every_section_is_explained():
    first_column = " ".join(re.findall(r"^\| ([^|]+) \|", README, re.MULTILINE))
    in_main_file = {"folder", "code", "names", "languages", "timezone", "currency", "root"}
    assert set(re.findall(r"`(\w+)", first_column)) - {"country"} == set(Country.model_fields) - in_main_file
