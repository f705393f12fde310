"""A fault of ours stops one file: it is kept, told once to whoever is named, and taken in after the mend."""

from __future__ import annotations

from pathlib import Path
from smtplib import SMTPDataError

import pytest
import yaml
from sqlalchemy import text

from countries.country import Country, load
from sala.errors import Conflict, Unavailable
from sala.runtime import embedded_postgres
from sql import warehouse
from tests.conftest import reset
from tests.transforms.identity.client import page, sign_in
from tests.transforms.identity.conftest import PASSWORD, SHEET, WEEK, returns, write
from tests.transforms.reminders.conftest import Box
from transforms.country.load_country import load_country
from transforms.coverage.health import health
from transforms.identity.accounts import account_named, add
from transforms.identity.person import SYSTEM
from transforms.identity.tokens import make_token
from transforms.intake.check import check
from transforms.intake.corrections.retry import retry_all
from transforms.intake.fault_log import folder
from transforms.intake.receive import receive_waiting
from transforms.intake.submission_queue import ATTEMPTS
from transforms.intake.submit import submit
from transforms.reminders.alert import anybody_to_tell, tell_of_failures

DEFINITION = "SELECT pg_get_functiondef('core.population_year'::regproc)"
BROKEN = """
    CREATE OR REPLACE FUNCTION core.population_year(of_period integer) RETURNS smallint
    LANGUAGE plpgsql STABLE AS $$ BEGIN RAISE 'out of order'; END $$
"""


@pytest.fixture
def country(server: embedded_postgres.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Country:
    made = write(tmp_path / "country")
    monkeypatch.setenv("SALA_COUNTRY", str(made.folder))
    reset()
    load_country(made)
    receive_waiting(made)
    return made


def failures() -> list[list[object]]:
    with warehouse.transaction() as connection:
        rows = warehouse.read(connection, "SELECT filename, state, attempts, fault, says FROM mart.failure")
    return rows.astype(object).where(rows.notna(), None).values.tolist()


def states() -> dict[str, str]:
    with warehouse.transaction() as connection:
        return dict(
            warehouse.read(connection, "SELECT filename, state FROM mart.submission").to_numpy().tolist()
        )


def test_a_fault_is_told_once_and_the_file_taken_in_after_the_mend(
    country: Country, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dashboards.app import server

    add(country, "data-team", "admin", "R", password=PASSWORD, must_change=False)
    with warehouse.transaction() as connection:
        mend = connection.execute(text(DEFINITION)).scalar_one()
        connection.execute(text(BROKEN))
    submit(f"{SHEET}\n{WEEK},C11,50,50,50,50,50\n".encode(), "flash.csv", by=SYSTEM, via="api")
    submit(returns("C11", "first", 10).encode(), "returns.csv", by=SYSTEM, via="api")
    receive_waiting(country)
    assert states()["flash.csv"] == "loaded"
    assert states()["returns.csv"] == "received"
    assert not anybody_to_tell()  # it is tried again by itself
    for _ in range(ATTEMPTS - 1):
        receive_waiting(country)
    ((name, state, attempts, fault, says),) = failures()
    assert (name, state, attempts, says) == ("returns.csv", "failed", ATTEMPTS, None)
    kept = folder() / f"{fault}.txt"
    assert kept.read_text().endswith("RaiseException\n")
    assert "out of order" not in kept.read_text()  # a message may repeat a cell

    client = server.test_client()
    assert str(fault) not in page(client, "/operations").get_data(as_text=True)
    sign_in(client, "data-team")
    shown = page(client, "/operations").get_data(as_text=True)
    assert "1 file waits for a fault to be fixed" in shown
    measured = {measure.name: measure.figure or 0 for measure in health(None)}
    assert measured["files_failed"] == 1
    assert measured["files_waiting"] == 0
    assert measured["arrival_to_loaded"] > 0
    assert measured["disk_free"] > 0
    assert str(fault) in shown
    watching = {
        "Authorization": f"Bearer {make_token(account_named('data-team', country), 'monitor', ['watch'])}"
    }
    told = server.test_client().get("/api/v1/metrics", headers=watching).get_data(as_text=True)
    assert {"sala_files_failed 1.0", "# TYPE sala_database_size_bytes gauge"} < set(told.splitlines())
    assert server.test_client().get("/api/v1/metrics").status_code == 401

    monkeypatch.setenv("SALA_ALERT_MAIL", "data@example.org")
    box.refuses = "451 later"
    with pytest.raises(SMTPDataError):
        tell_of_failures(country)
    assert anybody_to_tell()
    box.refuses = ""
    assert len(tell_of_failures(country)) == 1
    assert tell_of_failures(country) == []
    ((receiver, message),) = box.letters
    assert receiver == "data@example.org"
    assert all(word in message.get_content() for word in (f"[{fault}]", "sala retry"))
    assert "returns.csv" not in message.get_content()

    retry_all(SYSTEM)
    for _ in range(ATTEMPTS):
        receive_waiting(country)
    assert anybody_to_tell()  # it failed again, which is news
    monkeypatch.delenv("SALA_SMTP_URL")
    with pytest.raises(Unavailable, match="SALA_SMTP_URL"):
        tell_of_failures(country)

    with warehouse.transaction() as connection:
        connection.execute(text(mend))
    assert len(retry_all(SYSTEM)) == 1
    receive_waiting(country)
    assert states()["returns.csv"] == "loaded"
    assert failures() == []
    assert not anybody_to_tell()


def test_a_scheme_that_the_warehouse_does_not_know_is_named(country: Country) -> None:
    file = country.folder / "country.yaml"
    declared = yaml.safe_load(file.read_text())
    declared["schemes"].append(declared["schemes"][0] | {"id": "third"})
    file.write_text(yaml.safe_dump(declared))
    changed = load(country.folder)
    raw = returns("C11", "third", 10).encode()
    with pytest.raises(Conflict, match=r"does not know third.*sala migrate"):
        check(raw, changed)
    submit(raw, "third.csv", by=SYSTEM, via="api")
    for _ in range(ATTEMPTS):
        receive_waiting(changed)
    ((_, state, _, _, says),) = failures()
    assert state == "failed"
    assert set(says) == {"en", "fr", "km"}  # type: ignore[call-overload]
    assert "sala migrate" in says["en"]  # type: ignore[index]
    load_country(changed)
    retry_all(SYSTEM)
    receive_waiting(changed)
    assert states()["third.csv"] == "loaded"
