"""Reminders: once a duty, stage and person; through a real mail server; kept and tried again where it refuses."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path

import pytest

from countries.country import Country
from dags.deadlines import reminders_late
from sala.errors import Unavailable
from sala.runtime import embedded_postgres
from sql import warehouse
from tests.conftest import reset
from tests.transforms.identity.conftest import PASSWORD, returns, write
from tests.transforms.reminders.conftest import Box
from transforms.country.load_country import load_country
from transforms.identity.accounts import add
from transforms.identity.audit import noted_heads, verify
from transforms.identity.person import SYSTEM
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit
from transforms.reminders.note_audit_head import note_audit_head
from transforms.reminders.remind import remind
from transforms.reminders.smtp import mail_server

MONTH, DUE = "2026-10", dt.date(2026, 11, 10)
PEOPLE = {
    "clerk-c11": ("officer", "C11", None),
    "clerk-p1": ("officer", "P1", None),
    "body": ("body", "R", "one"),
}


@pytest.fixture
def country(server: embedded_postgres.Server, tmp_path: Path) -> Country:
    """Communes C11 (has a clerk) and C12 (its province's clerk answers for it); C11's schemes are reported."""
    made = write(tmp_path / "country")
    reset()
    load_country(made)
    for name, (role, area, administrator) in PEOPLE.items():
        add(
            made, name, role, area, password=PASSWORD, administrator=administrator, must_change=False,
            email=f"{name}@example.org",
        )  # fmt: skip
    submit(returns("C11", "first", 10).encode(), "x.csv", by=SYSTEM, via="api")
    receive_waiting(made)
    return made


def reminders(stage: str = "") -> set[tuple[str, str, str, str, int]]:
    """(person, stage, scheme, area, owing) of the month's schemes."""
    with warehouse.transaction() as connection:
        rows = warehouse.read(
            connection,
            "SELECT p.name, r.stage, s.code AS scheme, a.code AS area, r.owing FROM core.reminder r"
            " JOIN ledger.person p USING (person_id) JOIN core.scheme s USING (scheme_id)"
            " JOIN core.area a ON a.area_id = r.area_id"
            " WHERE r.period = :month AND (:stage = '' OR r.stage = :stage)",
            month=MONTH, stage=stage,
        )  # fmt: skip
    return {(str(n), str(t), str(s), str(a), int(o)) for n, t, s, a, o in rows.to_numpy().tolist()}


def test_everybody_hears_of_what_is_theirs_and_the_layer_above_later(country: Country) -> None:
    remind(country, DUE - dt.timedelta(days=4))
    assert reminders() == set()
    remind(country, DUE - dt.timedelta(days=3))
    # C11 has reported the first scheme. Nobody answers for P2: it is above C21 and C22, as R is, and has no clerk.
    before = {
        ("clerk-c11", "before", "second", "C11", 1),
        ("clerk-p1", "before", "first", "P1", 1),
        ("clerk-p1", "before", "second", "P1", 1),
        ("body", "before", "first", "R", 3),
    }
    assert reminders() == before
    remind(country, DUE)
    assert reminders() == before

    remind(country, DUE + dt.timedelta(days=1))
    assert reminders("after") == {(name, "after", *rest) for name, _, *rest in before}
    assert reminders("escalated") == set()
    remind(country, DUE + dt.timedelta(days=7))
    assert reminders("escalated") == {("clerk-p1", "escalated", "second", "C11", 1)}


def test_a_letter_is_sent_once_in_the_receivers_language(country: Country, box: Box) -> None:
    with warehouse.transaction() as connection:
        connection.exec_driver_sql("UPDATE ledger.person SET language = 'fr' WHERE name = 'clerk-p1'")
    done = remind(country, DUE - dt.timedelta(days=3))
    assert (done.sent, done.failed) == (3, 0)
    letters = dict(box.letters)
    assert set(letters) == {f"{name}@example.org" for name in PEOPLE}
    french = letters["clerk-p1@example.org"].get_content()
    assert "arrivent bientôt à échéance" in french
    assert french.count(f"{MONTH} : 1 pour Area P1") == 2
    assert "10 nov. 2026" in french
    assert "Area C11, due on Nov 10, 2026" in letters["clerk-c11@example.org"].get_content()

    again = remind(country, DUE - dt.timedelta(days=3))
    assert (again.made, again.sent, again.failed) == (0, 0, 0)
    assert len(box.letters) == 3


def test_what_is_refused_is_kept_and_tried_again(country: Country, box: Box) -> None:
    box.refuses = "451 try again later"
    first = remind(country, DUE - dt.timedelta(days=3))
    assert (first.sent, first.failed, box.letters) == (0, 3, [])
    with warehouse.transaction() as connection:
        kept = warehouse.read(connection, "SELECT DISTINCT mail, attempts, fault FROM core.reminder")
    assert kept.values.tolist() == [["failed", 1, "SMTPDataError: the server answered 451"]]

    box.refuses = ""
    second = remind(country, DUE - dt.timedelta(days=3))
    assert (second.made, second.sent, second.failed) == (0, 3, 0)
    with warehouse.transaction() as connection:
        sent = warehouse.read(connection, "SELECT DISTINCT mail, attempts, fault FROM core.reminder")
    assert sent.values.tolist() == [["sent", 2, None]]


def test_without_a_mail_server_reminders_stand_in_the_application(
    country: Country, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("SALA_SMTP_URL", raising=False)
    done = remind(country, DUE - dt.timedelta(days=3))
    assert (len(reminders()), done.by_mail) == (4, False)
    assert "SALA_SMTP_URL is not set" in caplog.text


@pytest.mark.parametrize(
    ("url", "sender", "says"),
    [
        ("http://x", "a@b", "not the address of a mail server"),
        ("smtp://mail.example", "nobody", "SALA_MAIL_FROM"),
        ("smtp://me:secret@mail.example", "a@b", "unencrypted"),
    ],
)
def test_settings_that_cannot_work_are_named(
    monkeypatch: pytest.MonkeyPatch, url: str, sender: str, says: str
) -> None:
    monkeypatch.setenv("SALA_SMTP_URL", url)
    monkeypatch.setenv("SALA_MAIL_FROM", sender)
    with pytest.raises(Unavailable, match=says):
        mail_server()


def test_a_morning_without_reminders_is_written_down(country: Country) -> None:
    """What Airflow's triggerer calls when the run has missed its deadline, with the context that it gives."""
    asyncio.run(reminders_late(context={"dag_run": {"dag_run_id": "scheduled__2026-11-22"}, "deadline": {}}))
    with warehouse.transaction() as connection:
        noted = warehouse.read(connection, "SELECT subject FROM ledger.audit WHERE action = 'reminders late'")
    assert noted["subject"].tolist() == ["run scheduled__2026-11-22"]


def test_the_head_of_the_audit_log_is_noted_in_a_file_and_sent(
    country: Country, box: Box, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_audit_head(country)  # nothing is set: nothing is noted
    assert box.letters == []
    monkeypatch.setenv("SALA_AUDIT_FILE", str(tmp_path / "heads"))
    monkeypatch.setenv("SALA_AUDIT_MAIL", "auditor@example.org")
    head = note_audit_head(country)
    assert (tmp_path / "heads").read_text().startswith(f"{head} 2")
    ((receiver, letter),) = box.letters
    assert receiver == "auditor@example.org"
    assert f"sala audit verify --against {head}" in letter.get_content().replace("=\n", "")
    with warehouse.transaction() as connection:
        assert verify(connection, noted_heads(str(head))).broken is None
    monkeypatch.delenv("SALA_SMTP_URL")
    with pytest.raises(Unavailable, match="SALA_SMTP_URL"):
        note_audit_head(country)
