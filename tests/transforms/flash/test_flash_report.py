"""A sheet written on the page goes through the door like a file, and is compiled beside those of administrators."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest

from countries.country import Country
from sala.errors import Invalid
from sql import warehouse
from tests.reference.world import Indicator, Scheme, World
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.flash.drafts import draft, save
from transforms.flash.flash_report import AXES, Entry, FlashReport
from transforms.flash.similar_lines import similar_lines
from transforms.flash.submit_report import submit_report
from transforms.identity.person import EVERYBODY
from transforms.intake.receive import receive_waiting

WEEK = "2026-W46"


@pytest.fixture
def country(empty_warehouse: None) -> Country:
    world = World({"R": None, "R1": "R", "R2": "R"}, (Scheme("s", 1),), (Indicator("i", ("s",)),))
    declared = world.country(Path(tempfile.mkdtemp()))
    load_country(declared)
    return declared


def sheet(area: str, advanced: float, *entries: Entry, administrator: str | None = None) -> FlashReport:
    return FlashReport(WEEK, area, administrator, dict.fromkeys(AXES, advanced), entries)


def hand_in(country: Country, *sheets: FlashReport) -> None:
    for one in sheets:
        with warehouse.acting(None) as connection:
            submit_report(connection, EVERYBODY, one, country)
    receive_waiting(country)
    compile_and_publish(WEEK)


def test_a_draft_outlives_the_browser_and_ends_when_the_sheet_is_filed(country: Country) -> None:
    begun = FlashReport(WEEK, "R1", None, {AXES[0]: 40}, (Entry("risk", "ទឹកជំនន់", "layer0", "2026-11-30"),))
    with warehouse.acting(None) as connection:
        save(connection, begun)
    with warehouse.acting(None) as connection:
        kept = draft(connection, WEEK, "R1", None)
        assert kept is not None
        assert kept[0] == begun
        assert draft(connection, WEEK, "R2", None) is None
    with pytest.raises(Invalid, match="each of the five axes"), warehouse.acting(None) as connection:
        submit_report(connection, EVERYBODY, begun, country)
    hand_in(country, sheet("R1", 40, *begun.entries))
    with warehouse.acting(None) as connection:
        assert draft(connection, WEEK, "R1", None) is None


def test_areas_and_administrators_are_two_lines_and_a_changed_mind_counts(country: Country) -> None:
    done = Entry("done", "met")
    hand_in(
        country, sheet("R1", 40, done), sheet("R2", 60, done), sheet("R", 90, done, administrator="office")
    )
    hand_in(country, sheet("R1", 20, done))
    hand_in(country, sheet("R1", 40, done))  # back to what it was: the last word holds all the same
    with warehouse.acting(None) as connection:
        reports = warehouse.read(connection, "SELECT * FROM mart.flash_report ORDER BY area_code, origin")
        others = warehouse.read(connection, "SELECT * FROM mart.flash_administrators")
        files = warehouse.read(connection, "SELECT DISTINCT via, outcome FROM mart.submission")
        expected = warehouse.read(
            connection,
            "SELECT received FROM mart.reporting_rate WHERE area_code = 'R' AND dataset = 'flash_reports'",
        )
    reported = {(row.area_code, row.origin): float(row.human_resources) for row in reports.itertuples()}
    assert reported == {("R", "compiled"): 50, ("R1", "own"): 40, ("R2", "own"): 60}
    assert others[["human_resources", "received", "expected"]].values.tolist() == [[90, 1, 1]]
    assert files.values.tolist() == [["form", "accepted"]]
    assert expected["received"].tolist() == [2]


def test_more_than_the_country_allows_is_not_filed_without_a_reason(country: Country) -> None:
    six = [Entry("next", f"step {n}") for n in range(6)]
    with (
        pytest.raises(Invalid, match="at most 5") as refused,
        warehouse.acting(None) as connection,
    ):
        submit_report(connection, EVERYBODY, sheet("R1", 40, *six), country)
    assert refused.value.params["list"] == "items.next"
    hand_in(country, sheet("R1", 40, *six[:5], Entry("next", "step 5", stays_because="known already")))
    with warehouse.acting(None) as connection:
        lines = warehouse.read(connection, "SELECT sent FROM mart.flash_item ORDER BY row_number")
    assert lines["sent"].tolist() == [True] * 5 + [False]


def test_lines_that_say_nearly_the_same_are_suggested_in_any_script() -> None:
    texts = [
        "Registration forms have run out.",
        "flood",
        "registration forms have run out",
        "ទម្រង់អស់ហើយ",
        "ទម្រង់អស់",
        "",
    ]
    assert similar_lines(texts) == [[0, 2], [3, 4]]


@pytest.mark.usefixtures("empty_warehouse")
def test_one_early_sheet_is_not_yet_the_nations_week() -> None:
    areas = ("R1", "R2", "R3")
    world = World({"R": None} | dict.fromkeys(areas, "R"), (Scheme("s", 1),), (Indicator("i", ("s",)),))
    country = world.country(Path(tempfile.mkdtemp()))
    load_country(country)
    year, week, _ = dt.datetime.now(dt.UTC).isocalendar()
    running = f"{year}-W{week:02}"  # nothing of it is due before it is over

    def ripe(*filed: str) -> dict[str, bool]:
        for area in filed:
            with warehouse.acting(None) as connection:
                submit_report(
                    connection,
                    EVERYBODY,
                    FlashReport(running, area, None, dict.fromkeys(AXES, 50.0), (Entry("done", "met"),)),
                    country,
                )
        receive_waiting(country)
        compile_and_publish(running)
        with warehouse.acting(None) as connection:
            reports = warehouse.read(connection, "SELECT area_code, ripe FROM mart.flash_report")
        return dict(zip(reports["area_code"], reports["ripe"], strict=True))

    assert ripe("R1") == {"R1": True, "R": False}
    assert ripe("R2") == {"R1": True, "R2": True, "R": True}  # two of three are more than half
