"""What was compiled and is far from the usual is stored, by the limits that the country declares."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

import countries.country
from countries.country import Country, load
from sql import warehouse
from tests.reference.world import Indicator, Scheme, World
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.flash.flash_report import AXES, Entry, FlashReport
from transforms.flash.submit_report import submit_report
from transforms.identity.person import EVERYBODY, SYSTEM
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

PARENTS: dict[str, str | None] = {"R": None, "R0": "R", "R1": "R", "R00": "R0", "R10": "R1"}
MONTHS = [f"2026-{month:02}" for month in range(1, 8)]
WEEKS = ["2026-W44", "2026-W45", "2026-W46"]
UNUSUAL = (
    "SELECT area_code, period, cell, value, usual FROM mart.unusual_change ORDER BY area_code, cell, period"
)


def a_country(folder: Path, patch: pytest.MonkeyPatch, **limits: float) -> Country:
    World(PARENTS, (Scheme("a", 2), Scheme("b", 2)), (Indicator("i", ("a",)),)).country(folder)
    if limits:
        declared = yaml.safe_load((folder / "country.yaml").read_text())
        declared["checks"] = {"jump": {"limits": limits}}
        (folder / "country.yaml").write_text(yaml.safe_dump(declared))
    patch.setenv("SALA_COUNTRY", str(folder))
    countries.country._loaded.cache_clear()
    country = load(folder)
    load_country(country)
    return country


def report(country: Country, period: str, counts: dict[tuple[str, str], int]) -> None:
    """One file with the persons of each area and scheme, received and compiled."""
    lines = [f"{period},{area},{scheme},F,Y18T59,{n}" for (area, scheme), n in counts.items()]
    raw = "\n".join(["period,area_code,scheme,sex,age_group,beneficiaries", *lines, ""])
    submit(raw.encode(), f"{period}.csv", by=SYSTEM, via="cli")
    receive_waiting(country)
    compile_and_publish(period)


def unusual() -> list[tuple[str, str, str, float, float]]:
    with warehouse.acting(None) as connection:
        rows = warehouse.read(connection, UNUSUAL)
    return [(*row[:3], float(row[3]), float(row[4])) for row in rows.itertuples(index=False)]


USUAL = {("R00", "a"): 50, ("R10", "a"): 300, ("R00", "b"): 40, ("R10", "b"): 40}


def test_every_layer_is_compared_with_its_own_earlier_periods(
    empty_warehouse: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    country = a_country(tmp_path, monkeypatch)
    for month in MONTHS[:-1]:
        report(country, month, USUAL)
    assert unusual() == []
    report(country, MONTHS[-1], USUAL | {("R00", "a"): 200})
    # more than three times as many in one place; in all the country 500 where there were 350
    expected = [("R0", MONTHS[-1], "a", 200, 50), ("R00", MONTHS[-1], "a", 200, 50)]
    assert unusual() == expected
    report(country, MONTHS[-1], USUAL)
    assert unusual() == []


def test_the_countrys_limits_decide(
    empty_warehouse: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    country = a_country(tmp_path, monkeypatch, ratio=1.2, points=40)
    report(country, MONTHS[0], USUAL)
    report(country, MONTHS[1], USUAL | {("R00", "a"): 130})
    assert [row[0] for row in unusual()] == ["R", "R0", "R00"]


def test_an_axis_of_a_flash_report_is_compared_with_the_weeks_before(
    empty_warehouse: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    country = a_country(tmp_path, monkeypatch)
    for week, advanced in zip(WEEKS, (40.0, 50.0, 80.0), strict=True):
        axes = dict.fromkeys(AXES, 45.0) | {AXES[0]: advanced}
        with warehouse.acting(None) as connection:
            submit_report(
                connection, EVERYBODY, FlashReport(week, "R0", None, axes, (Entry("done", "met"),)), country
            )
        receive_waiting(country)
        compile_and_publish(week)
    # 80 is 35 points above the median of 40 and 50; the nation has no sheet of its own, and is compiled from one
    assert unusual() == [("R", WEEKS[-1], AXES[0], 80, 45), ("R0", WEEKS[-1], AXES[0], 80, 45)]
