"""A small country whose board releases: two provinces of two communes each, three people who may sign or draft."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from countries.country import Country, load
from sala.runtime import embedded_postgres
from tests.conftest import country_in_use, reset
from tests.reference.world import Indicator, Scheme, World
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.accounts import add
from transforms.identity.person import SYSTEM, Person
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

MONTH = "2026-10"
AGE = ("Y18T59",)
PARENTS: dict[str, str | None] = {
    "R": None,
    "P1": "R",
    "P2": "R",
    "C11": "P1",
    "C12": "P1",
    "C21": "P2",
    "C22": "P2",
}
PEOPLE = {(area, sex, "Y18T59"): 4000 for area in ("C11", "C12", "C21", "C22") for sex in "FM"}
COUNTS = {"C11": 100, "C12": 200, "C21": 300, "C22": 400}
WORDS = {"en": "words"}
PASSWORD = "a word that nobody guesses"
OFFICES = {
    "board": ["read", "prepare", "preview", "approve"],
    "chair": ["read", "preview", "approve"],
    "analyst": ["read", "query", "prepare", "preview"],
    "reader": ["read", "query"],
}
TABLES: list[dict[str, Any]] = [
    {"id": "coverage", "names": WORDS, "dimensions": ["area", "sex", "indicator"], "layer": "layer2",
     "measure": "numerator", "method": "suppress", "threshold": 5},
    {"id": "schemes", "names": WORDS, "dimensions": ["area", "scheme", "sex"], "layer": "layer1",
     "measure": "beneficiaries", "method": "suppress", "threshold": 5},
]  # fmt: skip


def releasing(folder: Path) -> Country:
    """The folder of the country, written and read."""
    world = World(
        PARENTS,
        (Scheme("a", 2, AGE), Scheme("b", 2, AGE)),
        (Indicator("exact", ("a",), "disjoint", AGE), Indicator("range", ("a", "b"), ages=AGE)),
        PEOPLE,
    )
    world.country(folder)
    sees = ["provisional", "endorsed", "released"]
    roles: list[dict[str, Any]] = [
        {"id": "public", "names": WORDS, "layers": ["layer0"], "sees": ["released"], "actions": ["read"],
         "visitors": "always"},
        *({"id": role, "names": WORDS, "layers": ["layer0", "layer1"], "sees": sees, "actions": actions}
          for role, actions in OFFICES.items()),
    ]  # fmt: skip
    committees = [{"layer": "layer0", "quorum": ["chair"], "releases": ["board", "chair"]}]
    roles[2]["actions"] = [*OFFICES["chair"], "endorse"]
    for name, declared in (("roles", roles), ("committees", committees), ("public_tables", TABLES)):
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(declared))
    return load(folder)


def file(counts: dict[str, int], country: Country, period: str = MONTH, both: bool = True) -> None:
    """Returns of both schemes, as many women as men, and the period compiled and published."""
    lines = [
        f"{period},{area},{scheme},{sex},Y18T59,{n if scheme == 'a' else n // 2}"
        for area, n in counts.items()
        for scheme in ("a", "b")[: 2 if both else 1]
        for sex in "FM"
    ]
    raw = "\n".join(["period,area_code,scheme,sex,age_group,beneficiaries", *lines, ""])
    submit(raw.encode(), "returns.csv", by=SYSTEM, via="cli")
    receive_waiting(country)
    compile_and_publish(period)


@pytest.fixture(scope="module")
def releases(server: embedded_postgres.Server) -> Iterator[Country]:
    """The country in use, with a month of figures and an account for each office; its name is its password's owner."""
    reset()
    folder = Path(tempfile.mkdtemp())
    country = releasing(folder)
    with country_in_use(folder):
        load_country(country)
        receive_waiting(country)
        file(COUNTS, country)
        for role in OFFICES:
            add(country, role, role, "R", password=PASSWORD, must_change=False)
        add(country, "board-1", "board", "P1", password=PASSWORD)
        yield country


def person(name: str, country: Country) -> Person:
    """The account of that name."""
    from transforms.identity.accounts import named

    return named(name, country)
