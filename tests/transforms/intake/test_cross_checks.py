"""The check without submitting, and the receipt, say the same to the letter, whatever is known already."""

from __future__ import annotations

import pandas as pd
import pytest

from sql import warehouse
from tests.transforms.intake.conftest import NOW, SOMEBODY, read, returns
from transforms.identity.person import SYSTEM
from transforms.intake.check import check
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit
from validators.verdict import Verdict

MONTHS = [f"2026-{month:02}" for month in range(2, 10)]
STEADY = (40, 42, 41, 43, 40, 42, 41, 40)

CASES = {
    "nothing": ("2026-10 RA1 cash F Y0T17 41", set()),
    "a jump": ("2026-10 RA1 cash F Y0T17 99", {"jump"}),
    "short of history": ("2026-10 RA2 cash F Y0T17 90", {"jump"}),
    "more than live there": ("2026-10 RB1 cash F Y0T17 101", {"above_population"}),
    "more than may be in it": ("2026-10 RB1 cash F _T 999", {"above_population", "above_eligible"}),
    "fewer lines": ("2026-09 RA2 cash F Y0T17 20", {"fewer_lines"}),
    "as it stands": ("2026-09 RA1 cash F Y0T17 40", {"same_as_before"}),
    "spoilt beside what stands": (
        "2026-09 RA2 cash F Y0T17 20\n2026-09 RA2 cash M Y0T17 minus",
        {"malformed", "replaces_nothing"},
    ),
    "not yet": ("2026-12 RA1 cash F Y0T17 41", {"future_period"}),
}


def problems_of(verdict: Verdict) -> list[list[object]]:
    rows = [[p.row_number, p.column, p.value, p.rule, p.severity, p.texts()] for p in verdict.listed()]
    return sorted(rows, key=str)


def problems_written_down(receipt: str) -> list[list[object]]:
    rows = read(
        "SELECT row_number, column_name, value, rule, severity, message FROM mart.problem WHERE receipt = :receipt",
        receipt=receipt,
    ).astype(object)
    return sorted(rows.where(rows.notna(), None).values.tolist(), key=str)


@pytest.fixture
def with_history(send) -> None:
    send(returns(*(f"{month} RA1 cash F Y0T17 {n}" for month, n in zip(MONTHS, STEADY, strict=True))))
    send(returns("2026-09 RA2 cash F Y0T17 20", "2026-09 RA2 cash M Y0T17 5"))


def test_a_check_and_a_receipt_say_the_same(country, with_history, send) -> None:
    for name, (rows, rules) in CASES.items():
        raw = returns(*rows.split("\n"))
        checked = check(raw, country, by=SOMEBODY, day=NOW.date())
        assert set(checked.counts) == rules, name
        with warehouse.transaction() as connection:  # each case meets the warehouse as it was
            before = connection.exec_driver_sql("SELECT max(return_id) FROM core.return").scalar_one()
        receipt = send(raw)
        assert problems_written_down(receipt) == problems_of(checked), name
        verdict = read(
            "SELECT outcome, rows_read, rows_accepted FROM mart.submission WHERE receipt = :r", r=receipt
        )
        assert verdict.values.tolist() == [[checked.outcome, checked.rows_read, checked.rows_accepted]], name
        with warehouse.transaction() as connection:
            connection.exec_driver_sql(
                f"UPDATE core.return SET known_to = clock_timestamp() WHERE return_id > {before};"  # noqa: S608
                "UPDATE core.return r SET known_to = 'infinity' WHERE known_to < 'infinity'"
                f" AND return_id <= {before} AND NOT EXISTS (SELECT FROM core.return o WHERE o.known_to = 'infinity'"
                " AND (o.period_id, o.dataset, o.scheme_id, o.area_id)"
                " = (r.period_id, r.dataset, r.scheme_id, r.area_id))"
            )


def test_files_judged_together_meet_each_other_in_their_order(country) -> None:
    rows = ("2026-10 RA1 cash F Y0T17 30", "2026-10 RA1 cash M Y0T17 30")
    first = submit(returns(*rows), "first.csv", by=SYSTEM, via="api", received_at=NOW)
    second = submit(returns(rows[0]), "second.csv", by=SYSTEM, via="api", received_at=NOW)
    receive_waiting(country)
    assert problems_written_down(first.receipt) == []
    assert [row[3] for row in problems_written_down(second.receipt)] == ["fewer_lines"]


def test_the_future_is_meant_on_the_day_of_handing_in(country) -> None:
    """Files of different days are judged together, each by its own day."""
    early = submit(
        returns("2026-10 RA1 cash F Y0T17 30"), "early.csv", by=SYSTEM, via="api",
        received_at=pd.Timestamp("2026-09-30T23:00Z").to_pydatetime(),
    )  # fmt: skip
    late = submit(returns("2026-10 RA2 cash F Y0T17 30"), "late.csv", by=SYSTEM, via="api", received_at=NOW)
    receive_waiting(country)
    assert [row[3] for row in problems_written_down(early.receipt)] == ["future_period"]
    assert problems_written_down(late.receipt) == []


def test_closed_periods(country) -> None:
    closed = country.model_copy(
        update={"calendar": country.calendar.model_copy(update={"closed": ("2026-08",)})}
    )
    rows = returns("2026-10 RA1 cash F Y0T17 3", "2026-08 RA1 cash F Y0T17 3")
    with warehouse.transaction() as connection:
        connection.exec_driver_sql("UPDATE core.country SET loaded_at = clock_timestamp()")  # read anew
    verdict = check(rows, closed, day=NOW.date())
    assert verdict.problems[["row_number", "rule", "severity"]].values.tolist() == [
        [3, "closed_period", "reject"]
    ]


def test_closed_some_days_after_the_end(country) -> None:
    closes = country.calendar.model_copy(update={"closes_after_days": {"scheme_returns": 21}})
    late = country.model_copy(update={"calendar": closes})
    raw = returns("2026-10 RA1 cash F Y0T17 3", "2026-11 RA1 cash F Y0T17 3")
    with warehouse.transaction() as connection:
        connection.exec_driver_sql("UPDATE core.country SET loaded_at = clock_timestamp()")
    assert not check(raw, late, day=pd.Timestamp("2026-11-21").date()).counts
    assert check(raw, late, day=pd.Timestamp("2026-11-22").date()).counts == {"closed_period": 1}


def test_a_population_against_its_parts(country) -> None:
    header = "year,area_code,sex,age_group,population,status,source"
    rows = [
        f"2026,RA,{sex},{age},{n},A,count"
        for sex in "FM"
        for age, n in (("Y0T17", 200), ("Y18T59", 200), ("Y_GE60", 260))
    ]
    verdict = check("\n".join([header, *rows]).encode(), country)
    assert verdict.counts == {"below_the_parts": 1}
    assert "reports 1320 persons; the areas below it report 1200" in next(verdict.listed()).text("en")
