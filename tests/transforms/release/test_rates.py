"""Sums, by whom they are divided, and women compared with men, in what the board releases."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import text

from countries.country import Country, load
from countries.errors import CountryError
from countries.period import Period
from dashboards.app import server as pages
from sala.runtime import embedded_postgres
from sql import warehouse
from tests.conftest import country_in_use, reset
from tests.transforms.identity.client import page
from tests.transforms.release.conftest import MONTH, OFFICES, PASSWORD, WORDS, person, releasing
from tests.transforms.release.test_releases import clear, signed_by
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.accounts import add
from transforms.identity.person import SYSTEM
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit
from transforms.release.acts import publish_release
from transforms.release.cells import areas, earlier_cells, public_cells
from transforms.release.disclosure import audit
from transforms.release.divisors import SUFFIX, with_divisor_tables
from transforms.release.draft import draft

MORE: dict[str, dict[str, Any]] = {
    "accepted": {"numerator": {"measure": "accepted", "schemes": ["a"]}, "denominator": {"measure": "applied"}},
    "refused": {"numerator": {"measure": "refused", "schemes": ["a"]}, "denominator": {"measure": "applied"}},
    "paid": {"numerator": {"measure": "first_paid", "schemes": ["a"]}, "denominator": {"measure": "accepted"}},
    "left": {"numerator": {"measure": "exits", "schemes": ["a"]}, "shown_in": "persons"},
    "money": {"numerator": {"measure": "amount_paid", "schemes": ["a"]}, "shown_in": "currency", "unit": "currency"},
    "points": {"gap": {"of": "exact", "shown_in": "points"}, "shown_in": "points"},
    "ratio": {"gap": {"of": "exact", "shown_in": "ratio"}, "shown_in": "ratio"},
    "ratio_of_range": {"gap": {"of": "range", "shown_in": "ratio"}, "shown_in": "ratio"},
    "points_of_range": {"gap": {"of": "range", "shown_in": "points"}, "shown_in": "points", "levels": ["layer0"]},
}  # fmt: skip
APPLIED = {("C11", "F"): 3, ("C11", "M"): 60, ("C12", "F"): 70, ("C12", "M"): 80, ("C21", "F"): 90, ("C21", "M"): 95,
           ("C22", "F"): 99, ("C22", "M"): 64}  # fmt: skip
"""All refused but two of three; of those who applied in C11 only three are women."""


@pytest.fixture(scope="module")
def country(server: embedded_postgres.Server) -> Iterator[Country]:
    """The releasing country with rates of sums and gaps, and a month of returns."""
    reset()
    folder = Path(tempfile.mkdtemp())
    releasing(folder)
    declared = yaml.safe_load((folder / "country.yaml").read_text())
    declared["schemes"][0]["reports"] = ["applied", "accepted", "refused", "first_paid"]
    common = declared["indicators"][0]
    for name, own in MORE.items():
        kept = {k: v for k, v in common.items() if k not in ("numerator", "denominator", "guarantee")}
        declared["indicators"].append(kept | {"id": name, "title": WORDS} | own)
    (folder / "country.yaml").write_text(yaml.safe_dump(declared))
    country = load(folder)
    with country_in_use(folder):
        load_country(country)
        receive_waiting(country)
        lines = [
            f"{MONTH},{area},a,{sex},Y18T59,{n + (50 if sex == 'F' else 150)},{n},{n // 2},{n - n // 2},{n // 4},7,9.50"
            for (area, sex), n in APPLIED.items()
        ] + [f"{MONTH},{area},b,{sex},Y18T59,{100 + n},,,,,," for (area, sex), n in APPLIED.items()]
        measures = "beneficiaries,applied,accepted,refused,first_paid,exits,amount_paid"
        head = f"period,area_code,scheme,sex,age_group,{measures}"
        submit("\n".join([head, *lines, ""]).encode(), "returns.csv", by=SYSTEM, via="cli")
        receive_waiting(country)
        compile_and_publish(MONTH)
        for office in OFFICES:
            add(country, office, office, "R", password=PASSWORD, must_change=False)
        yield country


def figures(release: str) -> dict[str, Any]:
    query = "SELECT * FROM mart.released_figure WHERE release = :release AND public_table = 'coverage'"
    with SYSTEM.acting() as connection:
        return {row.key: row for row in connection.execute(text(query), {"release": release})}


def test_sums_and_gaps_are_released_and_no_divisor_tells_what_is_held_back(country: Country) -> None:
    shown = figures(draft(country, MONTH, SYSTEM, "First."))
    women, men = (sum(n for (_, sex), n in APPLIED.items() if sex == s) for s in "FM")
    accepted = sum(n // 2 for n in APPLIED.values())
    nation = shown["R:_T:accepted"]
    assert (nation.count, nation.denominator, nation.value) == (
        accepted,
        women + men,
        accepted / (women + men),
    )
    assert shown["R:_T:paid"].denominator == accepted
    # three women applied in C11: neither they nor their one neighbour, whom a total would give away, divide anything
    for indicator in ("accepted", "refused"):
        assert shown[f"C11:F:{indicator}"].denominator is None
        hidden = [k for k in shown if k.endswith(f":{indicator}") and shown[k].denominator is None]
        assert len(hidden) > 1
        assert all(shown[key].value is None for key in hidden)
    # what counts no persons, and who left, is in no public table
    assert not {key for key in shown if key.endswith((":left", ":money"))}

    rate = {sex: shown[f"R:{sex}:exact"].value for sex in "FM"}
    points, ratio = shown["R:_T:points"], shown["R:_T:ratio"]
    assert (points.value, points.count, points.status) == (pytest.approx(rate["F"] - rate["M"]), None, "A")
    assert ratio.value == pytest.approx(rate["F"] / rate["M"])
    low, high = (
        {sex: getattr(shown[f"R:{sex}:range"], f"{b}_bound") for sex in "FM"} for b in ("lower", "upper")
    )
    bounds = shown["R:_T:ratio_of_range"]
    assert (bounds.value, bounds.status) == (None, "U")
    assert bounds.lower_bound - 1e-9 <= low["F"] / high["M"] < bounds.lower_bound + 0.01
    assert bounds.upper_bound - 0.01 < high["F"] / low["M"] <= bounds.upper_bound + 1e-9
    assert shown["R:_T:points_of_range"].upper_bound == pytest.approx(high["F"] - low["M"])
    assert "P1:_T:points_of_range" not in shown  # it is of the nation alone


def test_the_auditor_sees_a_divisor_that_tells(country: Country) -> None:
    period = Period.parse(MONTH)
    tables = with_divisor_tables(country.public_tables)
    with warehouse.transaction() as connection:
        now = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        cells = public_cells(connection, country, period, now)
        known, earlier = areas(connection, country, period), earlier_cells(connection)
    cells = cells[cells["count"].notna()].astype({"count": "int64"})
    careless = cells.assign(published=cells["count"].astype("Int64"), status="A")
    one = (careless["area"] == "C11") & (careless["sex"] == "F") & careless["table"].str.endswith(SUFFIX)
    careless.loc[one, ["published", "status"]] = [None, "Q"]
    told = audit(careless, earlier, known, tables, country.indicators)
    assert ("coverage/divisor", "C11", "F", 3, 3) in {(e.table, e.area, e.sex, e.low, e.high) for e in told}


def test_a_definition_that_changed_restates_with_its_note(country: Country) -> None:
    board, chair = person("board", country), person("chair", country)

    def publish(name: str) -> str:
        clear(name, board)
        signed_by(name, board, chair)
        publish_release(name)
        return name

    first = publish(draft(country, MONTH, board, "First."))
    folder = country.folder / "country.yaml"
    declared = yaml.safe_load(folder.read_text())
    exact = declared["indicators"][0]
    exact["numerator"] |= {"schemes": ["b"]}
    exact |= {"version": 2}
    folder.write_text(yaml.safe_dump(declared))
    with pytest.raises(CountryError, match="version 2 has no note"):
        load(country.folder)
    exact |= {"changes": {2: {"en": "the other scheme counts"}}}
    folder.write_text(yaml.safe_dump(declared))
    with country_in_use(country.folder):
        again = load(country.folder)
        load_country(again)
        compile_and_publish(MONTH)
        second = publish(draft(again, MONTH, board, "Defined anew."))
        with SYSTEM.acting() as connection:
            now = connection.execute(
                text("SELECT version, restates FROM mart.release WHERE release = :name"), {"name": second}
            ).one()
        assert (now.version, now.restates) == ("2.0.0", first)
        shown = page(pages.test_client(), f"/releases/{second}", "?lang=en").text
        assert "the other scheme counts" in shown
        assert "version 2" in page(pages.test_client(), "/definitions/exact", "?lang=en").text.lower()
