"""What is to be reported leads to where it is filled in: a page for what has few lines, else the files."""

import datetime as dt

import pytest

from countries.country import CAMBODIA, load
from dashboards.pages.home.task_address import task_address
from dashboards.server.view import View
from transforms.identity.person import Person
from transforms.reminders.worklist import Task

NOW = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


def to_report(dataset: str, period: str) -> Task:
    return Task(
        kind="to_report",
        about="returns",
        subject=None,
        area_code="020201",
        names=None,
        dataset=dataset,
        period=period,
        n=1,
        offices=None,
        since=NOW,
        due_on=None,
        age_days=0,
        overdue=False,
        words=None,
        answer=None,
        titles=None,
    )


@pytest.mark.parametrize(
    ("dataset", "period", "address"),
    [
        ("scheme_returns", "2026-10", "/entry?period=2026-10&dataset=scheme_returns&area=020201"),
        ("flash_reports", "2026-W47", "/flash/020201/2026-W47"),
        ("beneficiary_list", "2026-10", "/submissions?period=2026-10&dataset=beneficiary_list"),
    ],
)
def test_what_is_to_be_reported_is_one_click_away(dataset: str, period: str, address: str) -> None:
    officer = Person(1, "officer-020201", None, "020201", "commune")
    assert task_address(to_report(dataset, period), officer, load(CAMBODIA), View()) == address
