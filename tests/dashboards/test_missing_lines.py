"""Nobody reported the men of an area: no page, no file and no answer of the API makes a zero of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from countries.country import load
from tests.reference.world import AGES, Indicator, Scheme, World
from tests.transforms.identity.client import page
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.person import SYSTEM
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

MONTH = "2026-10"
CASH = Scheme("cash", 1, more={"names": {"en": "Cash"}, "reports": ["applied"]})
WORLD = World(
    {"R": None, "C1": "R", "C2": "R"},
    (CASH, Scheme("mothers", 1, sexes=("F",), more={"names": {"en": "Mothers"}})),
    (Indicator("any", ("cash",)),),
    {(area, sex, age): 100 for area in ("C1", "C2") for sex in "FM" for age in AGES},
)
WOMEN = {"Y0T17": 13, "Y18T59": 17, "Y_GE60": 19}
"""Of C1, which leaves the men and the applications out. C2 says ten of each."""


@pytest.fixture
def client(empty_warehouse: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FlaskClient]:
    folder = tmp_path / "country"
    WORLD.country(folder)
    with (folder / "country.yaml").open("a") as file:
        file.write("totals: published\n")
    country = load(folder)
    monkeypatch.setenv("SALA_COUNTRY", str(country.folder))
    load_country(country)
    rows = [f"C1,cash,F,{age},{n}," for age, n in WOMEN.items()]
    rows += [f"C2,cash,{sex},{age},10,10" for sex in "FM" for age in AGES]
    rows += ["C2,cash,_T,_T,65,60"]  # five of them the published total does not tell apart
    rows += [f"{area},mothers,F,{age},3," for area in ("C1", "C2") for age in AGES]
    raw = "period,area_code,scheme,sex,age_group,beneficiaries,applied\n"
    submit((raw + "".join(f"{MONTH},{row}\n" for row in rows)).encode(), "october.csv", by=SYSTEM, via="cli")
    receive_waiting(country)
    compile_and_publish(MONTH)
    from dashboards.app import server

    return server.test_client()


def table(client: FlaskClient, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def test_men_whom_nobody_reported_are_nowhere_a_zero(client: FlaskClient) -> None:
    for path in ("/area/C1", "/review/C1/scheme_returns", "/review/R/scheme_returns"):
        shown = page(client, path, f"?period={MONTH}").get_data(as_text=True)
        assert "not reported" in shown, path
    for scheme in table(client, f"/download/schemes/C1.csv?period={MONTH}"):
        meant_for_men = scheme["scheme"] == "Cash"
        assert (scheme["women"], scheme["men"]) == ("49" if meant_for_men else "9", "")
        assert ("men:not_reported" in scheme["not_known"]) == meant_for_men
        assert ("applied:not_reported" in scheme["not_known"]) == meant_for_men
    (cell,) = [
        row
        for row in table(client, f"/download/review/cells/scheme_returns/C1.csv?period={MONTH}")
        if row["cell"] == "Cash"
    ]
    assert (cell["women"], cell["men"]) == ("49.0", "")
    assert "men:not_reported" in cell["not_known"]
    of_men = client.get(f"/api/v1/indicators?period={MONTH}&area_code=C1&sex=M").get_json()["indicators"]
    assert [(row["numerator"], row["value"]) for row in of_men] == [(None, None)] * len(of_men)
    assert all(row["upper_bound"] == 1 for row in of_men if row["denominator"])
    totals = client.get(f"/api/v1/scheme-totals?period={MONTH}&area_code=C1").get_json()
    assert {row["sex"] for row in totals["totals"]} == {"F"}
    left_out = {(row["scheme"], row["sex"], row["column_name"], row["returns"]) for row in totals["left_out"]}
    assert ("cash", "M", "beneficiaries", 1) in left_out


def test_a_sum_says_what_is_not_in_it_and_what_is_not_told_apart(client: FlaskClient) -> None:
    (cash,) = [
        row for row in table(client, f"/download/schemes/R.csv?period={MONTH}") if row["scheme"] == "Cash"
    ]
    persons = {name: cash[name] for name in ("women", "men", "not_told_apart", "beneficiaries")}
    assert persons == {"women": "79", "men": "30", "not_told_apart": "5", "beneficiaries": "114"}
    assert "not_stated" not in cash
    shown = page(client, "/area/R", f"?period={MONTH}").get_data(as_text=True)
    assert "without 1 return that leaves some out" in shown
    assert "Not told apart" in shown
