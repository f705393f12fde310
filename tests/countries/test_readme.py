"""The smallest country of the README is a country."""

import re
from pathlib import Path
from typing import get_args

import countries
from countries.country import check, load
from countries.declarations.schemes import Function, Guarantee, Kind
from countries.documentation import markdown
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


def test_every_key_is_documented_with_the_words_that_it_may_hold():
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", markdown(), re.MULTILINE))
    for name, words in (("function", Function), ("guarantee", Guarantee), ("kind", Kind)):
        assert ", ".join(f"`{word}`" for word in get_args(words)) in rows[name]
