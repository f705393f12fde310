"""Who has a second factor gets in by a code of their application, once each, and by nothing less."""

from __future__ import annotations

import json
import re
import time
from dataclasses import replace

import pyotp
import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from typer.testing import CliRunner

from sala.commands.app import app
from sala.errors import NotSignedIn, TooMany, Unavailable
from sql import warehouse
from tests.transforms.identity.client import form_token, page, sign_in
from tests.transforms.identity.conftest import PASSWORD, Chain
from tests.transforms.identity.test_accounts import end_the_waits
from transforms.identity import accounts, second_factor
from transforms.identity.person import Person

HOLDER = "holder"
CODE = r'"children": "([a-z2-9]{4}-[a-z2-9]{4})"'


@pytest.fixture
def holder(chain: Chain) -> Person:
    """Somebody whose role asks for a second factor, and who has none yet."""
    with warehouse.transaction() as connection:
        connection.execute(text("DELETE FROM ledger.failed_sign_in"))
        connection.execute(text("DELETE FROM ledger.person WHERE name = :name"), {"name": HOLDER})
    accounts.add(chain.country, HOLDER, "keyholder", "R", password=PASSWORD, must_change=False)
    return accounts.account_named(HOLDER, chain.country)


def browser() -> FlaskClient:
    from dashboards.app import server

    return server.test_client()


def give(client: FlaskClient, code: str, path: str = "/second-factor") -> str:
    """Where a code leads."""
    token = form_token(client, "/second-factor")
    return client.post(path, data={"csrf_token": token, "code": code}).location or ""


def words(client: FlaskClient) -> str:
    """Of the page of the second factor."""
    return json.dumps(page(client, "/second-factor", "?lang=en").get_json())


def is_in(client: FlaskClient) -> bool:
    """Whether pages answer the account, and not a visitor."""
    return bool(client.get("/session").get_json()["account"] == HOLDER)


def entries() -> list[str]:
    with warehouse.transaction() as connection:
        asked = "SELECT action FROM ledger.audit WHERE person = :name OR subject = :about ORDER BY audit_id"
        found = connection.execute(text(asked), {"name": HOLDER, "about": f"account {HOLDER}"})
        return list(found.scalars())


def code_of(secret: str, steps: int = 0) -> str:
    return pyotp.TOTP(secret).generate_otp(int(time.time()) // second_factor.STEP + steps)


def test_from_setting_up_to_a_lost_telephone(chain: Chain, holder: Person) -> None:
    client = browser()
    assert "/second-factor" in (sign_in(client, HOLDER).location or "")
    assert not is_in(client)
    assert client.get("/", auth=(HOLDER, PASSWORD)).status_code == 200  # pages know no Basic
    asked = client.get("/api/v1/indicators?area=P1", auth=(HOLDER, PASSWORD))
    assert asked.get_json()["rule"] == "second_factor_program"

    # The application is set up by what the page shows, and only with a code that it shows.
    shown = words(client)
    assert "data:image/svg+xml" in shown
    found = re.search(r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}", shown)
    assert found is not None
    secret = found[0].replace(" ", "")
    assert give(client, "000000", "/second-factor/enrol").count("wrong_code")
    first = code_of(secret)
    assert "outcome=enrolled" in give(client, first, "/second-factor/enrol")
    client.get("/second-factor")  # the first HTML of the page does not use the codes up
    shown = words(client)
    codes = re.findall(CODE, shown)
    assert len(codes) == second_factor.RECOVERY_CODES
    assert not re.findall(CODE, words(client))
    assert is_in(client)

    # A password alone lets nobody in any more, nor does a code that was taken before.
    other = browser()
    sign_in(other, HOLDER)
    assert not is_in(other)
    assert "wrong_code" in give(other, first)
    assert not is_in(other)
    assert "wrong_code" not in give(other, code_of(secret, 1))
    assert is_in(other)

    # With the telephone lost a recovery code does, once.
    third = browser()
    sign_in(third, HOLDER)
    assert "wrong_code" not in give(third, codes[0].upper().replace("-", " "))
    assert is_in(third)
    sign_in(third, HOLDER)
    assert "wrong_code" in give(third, codes[0])
    kept = second_factor.second_factor(holder)
    assert kept is not None
    assert kept.codes_left == second_factor.RECOVERY_CODES - 1

    # Whoever runs Sala takes it away: every session ends, and another one is set up.
    assert CliRunner().invoke(app, ["user", "reset-second-factor", HOLDER]).exit_code == 0
    assert not is_in(other)
    sign_in(other, HOLDER)
    assert secret not in words(other).replace(" ", "")
    assert [entry for entry in entries() if "factor" in entry or "recovery" in entry] == [
        "sign in without second factor", "second factor failed", "enrol second factor",
        "sign in without second factor", "second factor failed",
        "sign in without second factor", "use recovery code",
        "sign in without second factor", "second factor failed",
        "reset second factor", "sign in without second factor",
    ]  # fmt: skip


def test_guessing_codes_waits_wherever_it_comes_from_and_a_right_password_does_not_end_the_wait(
    chain: Chain, holder: Person
) -> None:
    secret = pyotp.random_base32()
    second_factor.enrol(holder, secret, code_of(secret))
    for _ in range(5):
        with pytest.raises(NotSignedIn):
            second_factor.prove(holder, "not a code")
    client = browser()
    sign_in(client, HOLDER)
    assert "sign_in_waits" in give(client, code_of(secret, 1))
    end_the_waits()
    with pytest.raises(NotSignedIn):
        second_factor.prove(holder, "១២៣៤៥៦")
    with pytest.raises(TooMany):
        second_factor.prove(holder, code_of(secret, 1))


def test_the_secret_is_sealed_for_its_account_and_this_installation(
    chain: Chain, holder: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = pyotp.random_base32()
    second_factor.enrol(holder, secret, code_of(secret))
    with warehouse.transaction() as connection:
        sealed = connection.execute(text("SELECT sealed FROM ledger.second_factor")).scalar()
    assert secret.encode() not in bytes(sealed)
    monkeypatch.setenv("SALA_SECRET", "of another installation")
    with pytest.raises(Unavailable, match="reset-second-factor holder"):
        second_factor.second_factor(holder)


@pytest.mark.parametrize(
    ("asked", "sample", "must"),
    [
        ("always", True, True),
        ("unless_sample", True, False),
        ("unless_sample", False, True),
        (None, False, False),
    ],
)
def test_whom_the_country_asks_for_one(
    chain: Chain, holder: Person, asked: str | None, sample: bool, must: bool
) -> None:
    assert holder.role is not None
    role = holder.role.model_copy(update={"second_factor": asked})
    country = chain.country.model_copy(update={"sample": sample})
    assert second_factor.must_have(replace(holder, role=role), country) is must
