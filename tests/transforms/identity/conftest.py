"""A tiny chain with two provinces, an account of every role, and figures that betray where they come from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import psycopg2
import pytest
import yaml
from sqlalchemy import make_url

from countries.country import CAMBODIA, Country, load
from sala.runtime import embedded_postgres
from sql import warehouse
from tests.conftest import country_in_use, reset
from tests.reference.world import WORDS, Indicator, Scheme, World
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.accounts import add
from transforms.identity.person import Person, find
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

MONTH, WEEK = "2026-10", "2026-W45"
PASSWORD = "seven blue lanterns"
PARENTS: dict[str, str | None] = {
    "R": None,
    "P1": "R",
    "P2": "R",
    **{f"C{p}{n}": f"P{p}" for p in (1, 2) for n in (1, 2)},
}
EVERY = ["provisional", "endorsed", "released"]
LAYERS = ["layer0", "layer1", "layer2"]
ROLES: dict[str, dict[str, Any]] = {
    "public": {"layers": ["layer0"], "sees": ["released"], "actions": ["read"], "visitors": "always"},
    "guest": {"layers": ["layer0"], "sees": EVERY, "actions": ["read", "submit"], "visitors": "sample"},
    "officer": {"layers": LAYERS, "sees": EVERY, "actions": ["read", "submit", "draft"]},
    "chair": {"layers": LAYERS, "sees": EVERY, "actions": ["read", "draft", "endorse", "return", "settle"]},
    "reader": {"layers": LAYERS, "sees": ["endorsed", "released"], "actions": ["read"]},
    "body": {"layers": ["layer0"], "sees": EVERY, "actions": ["read", "submit"], "of_administrator": True},
    "analyst": {"layers": LAYERS, "sees": EVERY, "actions": ["read", "query"]},
    "admin": {"layers": LAYERS, "sees": EVERY, "actions": ["read", "administer", "watch"]},
    "keyholder": {"layers": LAYERS, "sees": EVERY, "actions": ["read"], "second_factor": "always"},
}
# account → role, area, scheme administrator
ACCOUNTS = {
    "officer-c11": ("officer", "C11", None),
    "officer-p1": ("officer", "P1", None),
    "chair-p1": ("chair", "P1", None),
    "chair-p2": ("chair", "P2", None),
    "officer-p2": ("officer", "P2", None),
    "reader-p1": ("reader", "P1", None),
    "body-one": ("body", "R", "one"),
    "analyst-p2": ("analyst", "P2", None),
    "analyst-r": ("analyst", "R", None),
    "admin-p1": ("admin", "P1", None),
    "chair-r": ("chair", "R", None),
}
# Primes: what an area reported is said by no other figure. Of both schemes, as scheme two has 10007 more.
REPORTED = {"C11": 101_009, "C12": 202_021, "C21": 303_007, "C22": 404_009}
APART = 10_007
SHEET = (
    "week,area_code,institutional_arrangement,human_resources,communication_enrolment,process_tools,"
    "project_management"
)


@dataclass(frozen=True)
class Chain:
    """The country, and who has an account in it."""

    country: Country
    people: dict[str, Person]
    receipts: dict[str, str] = field(default_factory=dict)  # area → receipt of its file

    def within(self, code: str) -> set[str]:
        return {area for area in PARENTS if code in _path(area)}

    def secrets(self, areas: set[str]) -> set[int]:
        """Counts that only somebody who sees one of these areas can know."""
        counts: set[int] = set()
        for area in areas:
            base = sum(REPORTED[c] for c in REPORTED if c in self.within(area))
            below = sum(1 for c in REPORTED if c in self.within(area))
            counts |= {base, base + below * APART, 2 * base + below * APART}
        return counts


def _path(area: str) -> list[str]:
    parent = PARENTS[area]
    return [area, *(_path(parent) if parent else [])]


def write(folder: Path, sample: bool = False) -> Country:
    """The country's folder; `one` runs the first scheme, `two` the second."""
    people = {(code, sex, age): 3_000_000 for code in REPORTED for sex in "FM" for age in ("Y_GE60",)}
    world = World(
        PARENTS,
        (Scheme("first", 2, ("Y_GE60",)), Scheme("second", 2, ("Y_GE60",))),
        (
            Indicator("older", ("first", "second"), "disjoint", ("Y_GE60",)),
            Indicator("of_second", ("second",), "disjoint", ("Y_GE60",)),
        ),
        people,
    )
    world.country(folder)
    file = folder / "country.yaml"
    declared = yaml.safe_load(file.read_text())
    declared["administrators"] = [{"id": name, "names": WORDS} for name in ("one", "two")]
    for scheme, office in zip(declared["schemes"], ("one", "two"), strict=True):
        scheme["administrator"] = office
    declared["sample"] = "yes" if sample else "no"
    file.write_text(yaml.safe_dump(declared))
    roles = [{"id": name, "names": WORDS, **role} for name, role in ROLES.items()]
    roles = [{key: "yes" if value is True else value for key, value in role.items()} for role in roles]
    committees = [{"layer": layer, "quorum": ["chair"]} for layer in LAYERS]
    (folder / "committees.yaml").write_text(yaml.safe_dump(committees))
    (folder / "roles.yaml").write_text(yaml.safe_dump(roles))
    return load(folder)


def cambodias_roles() -> str:
    """The roles.yaml of Cambodia at the layers, and in the language, that there are here."""
    here = {"nation": "layer0", "province": "layer1", "district": "layer2", "commune": "layer2"}

    def layers(line: re.Match[str]) -> str:
        return f"layers: [{', '.join(sorted({here[layer] for layer in line[1].split(', ')}))}]"

    declared = (CAMBODIA / "roles.yaml").read_text()
    return re.sub(r"names: \{.*\}", "names: {en: Role}", re.sub(r"layers: \[(.*)\]", layers, declared))


def returns(area: str, scheme: str, persons: int) -> str:
    half = persons // 2
    lines = [f"{MONTH},{area},{scheme},{sex},Y_GE60,{n}" for sex, n in (("F", half), ("M", persons - half))]
    return "\n".join(["period,area_code,scheme,sex,age_group,beneficiaries", *lines, ""])


@pytest.fixture(scope="module")
def chain(server: embedded_postgres.Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chain]:
    """The chain with one published month, one file an area, from the account of its province."""
    country = write(tmp_path_factory.mktemp("chain") / "country")
    reset()
    with country_in_use(country.folder):
        load_country(country)
        for name, (role, area, administrator) in ACCOUNTS.items():
            add(country, name, role, area, password=PASSWORD, administrator=administrator, must_change=False)
        people = {name: person for name in ACCOUNTS if (person := _person(name, country))}
        receipts = {}
        for area, persons in REPORTED.items():
            sender = people["officer-p1" if area.startswith("C1") else "officer-p2"]
            file = (
                returns(area, "first", persons) + returns(area, "second", persons + APART).split("\n", 1)[1]
            )
            receipts[area] = submit(file.encode(), f"{area}.csv", by=sender, via="api").receipt
            sheet = f"{SHEET}\n{WEEK},{area},50,50,50,50,50\n"
            submit(sheet.encode(), f"flash-{area}.csv", by=sender, via="api")
        for period in receive_waiting(country):
            compile_and_publish(period)
        yield Chain(country, people, receipts)


def _person(name: str, country: Country) -> Person:
    with warehouse.transaction() as connection:
        rows: pd.DataFrame = warehouse.read(
            connection, "SELECT person_id FROM ledger.person WHERE name = :name", name=name
        )
    entry = find(int(rows["person_id"].iloc[0]), country)
    assert entry is not None
    return entry


@contextmanager
def logged_in(login: str, password: str) -> Iterator[Any]:
    """A cursor of somebody who has a database login, each statement in a transaction of its own."""
    url = make_url(warehouse.database_url())
    with closing(
        psycopg2.connect(host=url.host, port=url.port, dbname=url.database, user=login, password=password)
    ) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor


@pytest.fixture(scope="module")
def login(chain: Chain) -> Iterator[str]:
    made = add(chain.country, "analyst-sql", "analyst", "P1", password=PASSWORD, sql_login=True)
    assert made.login is not None
    yield made.login
    with warehouse.transaction() as connection:
        connection.exec_driver_sql(f'DROP ROLE "{made.login}"')
