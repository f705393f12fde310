"""Files of kinds that went wrong in offices: page, API, command line, inbox and check give the right answer, each in
the same words.

A case is a folder of tests/corpus/cases, and its case.yaml says which files come in which order, what is answered to
each, and what stands at the end.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from countries.country import CAMBODIA, load
from sala.runtime import embedded_postgres
from sql import warehouse
from tests.conftest import country_in_use, keep, reset
from tests.end_to_end.five_doors import DOORS, Answer, Door
from tests.transforms.identity.client import clients_of
from transforms.country.load_country import load_country
from transforms.intake.receive import receive_waiting

CORPUS = Path(__file__).parent.parent / "corpus"
CASES = sorted((CORPUS / "cases").iterdir())
ACCOUNTS = {
    "office": ("administrator", "KH", None),
    "commune": ("officer", "020101", None),
    "district": ("officer", "0201", None),
    "province": ("officer", "02", None),
    "elsewhere": ("officer", "25", None),
    "insurer": ("scheme_administrator", "KH", "NSSF"),
}
TAMARA = """
- {id: public, names: {km: សាធារណជន, en: Public, fr: Public}, layers: [nation], sees: [released], actions: [read],
   visitors: always}
- {id: administrator, names: {km: អ្នកគ្រប់គ្រង, en: Administrator, fr: Administrateur}, layers: [nation],
   sees: [provisional, endorsed, released], actions: [read, submit],
   files: {scheme_returns: [own, below], population: [own, below]}}
"""
STANDING = """
    SELECT period, area_code, scheme, sex, sum(beneficiaries)::int AS n
    FROM mart.scheme_return GROUP BY period, area_code, scheme, sex ORDER BY period, area_code, scheme, sex
"""


pytestmark = pytest.mark.xdist_group("cases")


@contextmanager
def doors_of(folder: Path, accounts: dict[str, tuple[str, str, str | None]]) -> Iterator[list[Door]]:
    """The doors of a country with accounts that are signed in, in a warehouse that is kept under the country's code."""
    country = load(folder)
    reset()
    with country_in_use(folder):
        load_country(country)
        receive_waiting(country)
        clients = clients_of(country, accounts)
        keep(country.code.lower())
        yield [door(country, clients) for door in DOORS]


@pytest.fixture(scope="module")
def cambodia(server: embedded_postgres.Server) -> Iterator[list[Door]]:
    with doors_of(CAMBODIA, ACCOUNTS) as doors:
        yield doors


@pytest.fixture
def doors(request: pytest.FixtureRequest, case: Path, tmp_path: Path) -> Iterator[list[Door]]:
    """Of the country of a case: Cambodia, or the corpus's own with the areas that the case adds."""
    if _script(case).get("country") != "tamara":
        yield request.getfixturevalue("cambodia")
        return
    request.getfixturevalue("server")
    folder = tmp_path / "country"
    shutil.copytree(CORPUS / "country", folder)
    (folder / "roles.yaml").write_text(TAMARA)
    if (more := case / "add_to_areas.csv").exists():
        with (folder / "areas.csv").open("ab") as areas:
            areas.write(more.read_bytes())
    with doors_of(folder, {"office": ("administrator", "XA", None)}) as of_tamara:
        yield of_tamara


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_every_door_gives_the_right_answer(case: Path, doors: list[Door]) -> None:
    script = _script(case)
    said = {}
    for door in doors:
        answers, stands = _played(door, case, script)
        assert stands == script["stands"], door
        for step, (checked, answer) in zip(script["files"], answers, strict=True):
            assert checked in (answer, None), door
            assert said.setdefault(step["file"], answer) == answer, door
    for step in script["files"]:
        answer = said[step["file"]]
        assert (answer.outcome, list(answer.rows)) == (step["outcome"], step["rows"])
        assert dict(Counter(severity for _, _, severity, _ in answer.problems)) == step.get("problems", {})
        for words in step.get("says", []):
            assert any(words in told for *_, told in answer.problems), words


def test_every_case_says_what_is_right_of_each_of_its_files() -> None:
    for case in CASES:
        named = {step["file"] for step in _script(case)["files"]} | {"case.yaml", "add_to_areas.csv"}
        assert {path.name for path in case.iterdir()} <= named, case.name


def _script(case: Path) -> dict[str, Any]:
    return dict(yaml.safe_load((case / "case.yaml").read_text("utf-8")))


def _played(
    door: Door, case: Path, script: dict[str, Any]
) -> tuple[list[tuple[Answer | None, Answer]], dict[str, int]]:
    """What a door answers to each file, checked and then sent, and what stands at the end."""
    reset(door.country.code.lower())
    answers, receipts = [], []
    for step in script["files"]:
        by, dataset = step.get("by", script.get("by", "province")), step.get("dataset")
        checked = door.check(case / step["file"], by, dataset)
        receipt = door.send(case / step["file"], by, dataset)
        door.receive()
        answers.append((checked, door.answer(receipt, by)))
        receipts.append(receipt)
        if act := step.get("then"):
            if act == "withdraw left out":
                door.withdraw_left_out(receipts[0], receipt, by)
            else:
                door.act(act, receipt, by)
            door.receive()
    with warehouse.transaction() as connection:
        lines = warehouse.read(connection, STANDING)
    stands = {" ".join(line[:-1]): line[-1] for line in lines.itertuples(index=False, name=None)}
    return answers, stands
