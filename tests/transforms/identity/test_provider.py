"""Signing in by a provider of OpenID Connect, with one that runs beside the test."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask.testing import FlaskClient
from oidc_provider_mock import run_server_in_thread
from sqlalchemy import text

from sql import warehouse
from tests.transforms.identity.client import form_token, page
from tests.transforms.identity.conftest import PASSWORD, Chain
from transforms.identity import accounts

OFFICER, ADDRESS = "officer-by-provider", "dara@example.org"


@dataclass(frozen=True)
class Provider:
    """The running provider, and what its people let it say of them."""

    issuer: str

    def knows(self, sub: str, **claims: object) -> None:
        requests.put(f"{self.issuer}/users/{sub}", json=claims, timeout=10).raise_for_status()

    def answers(self, asked: str, **form: str) -> str:
        """Where it sends somebody back to who does this on its page."""
        return requests.post(asked, data=form, allow_redirects=False, timeout=10).headers["Location"]


@pytest.fixture
def provider(chain: Chain, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """Sala with a provider, and an account that was invited and never had a password of its own."""
    with warehouse.transaction() as connection:
        connection.execute(text("DELETE FROM ledger.person WHERE email = :email"), {"email": ADDRESS})
    accounts.add(chain.country, OFFICER, "officer", "P1", password=PASSWORD, email=ADDRESS)
    secret = tmp_path / "secret"
    secret.write_text("of the client\n")
    with run_server_in_thread(require_nonce=True) as server:
        issuer = f"http://localhost:{server.server_port}"
        monkeypatch.setenv("SALA_OIDC_ISSUER", issuer)
        monkeypatch.setenv("SALA_OIDC_CLIENT", "sala")
        monkeypatch.setenv("SALA_OIDC_SECRET_FILE", str(secret))
        yield Provider(issuer)


@pytest.fixture
def client(provider: Provider) -> FlaskClient:
    from dashboards.app import server

    return server.test_client()


def to_provider(client: FlaskClient) -> str:
    return client.get("/sign-in/provider?next=/items").location or ""


def account(client: FlaskClient) -> str:
    return str(client.get("/session").get_json()["account"])


def refusal(client: FlaskClient, location: str) -> str:
    """What the page says to whom the provider sent back there."""
    back = client.get(location).location or ""
    assert back.startswith("/sign-in?outcome=provider_")
    assert account(client) == ""
    return words(client, urlsplit(back).query)


def words(client: FlaskClient, query: str) -> str:
    """Of the page to sign in."""
    return json.dumps(page(client, "/sign-in", f"?lang=en&{query}").get_json(), ensure_ascii=False)


def test_an_account_gets_in_by_its_name_and_out_of_both(provider: Provider, client: FlaskClient) -> None:
    provider.knows("17", preferred_username=OFFICER)
    asked = to_provider(client)
    question = parse_qs(urlsplit(asked).query)
    assert question["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= set(question)
    returned = client.get(provider.answers(asked, sub="17"))
    assert returned.location == "/items"  # no password of Sala's has to be changed
    assert account(client) == OFFICER
    # A copy of the way back is worth nothing.
    assert "not begun in this browser" in refusal(client_of_another(), provider.answers(asked, sub="17"))
    out = client.post("/sign-out", data={"csrf_token": form_token(client, "/items")}).location or ""
    assert out.startswith(f"{provider.issuer}/oauth2/end_session?")
    assert account(client) == ""
    back = parse_qs(urlsplit(out).query)["post_logout_redirect_uri"][0]
    assert client.get(back).location == "/"


def client_of_another() -> FlaskClient:
    from dashboards.app import server

    return server.test_client()


@pytest.mark.parametrize(
    ("claim", "claims", "said"),
    [
        ("preferred_username", {"preferred_username": "nobody-here"}, "no open account for nobody-here"),
        ("preferred_username", {"email": ADDRESS, "email_verified": True}, "has no “preferred_username”"),
        ("email", {"email": ADDRESS}, "has not verified"),
        ("email", {"email": ADDRESS, "email_verified": False}, "has not verified"),
        ("email", {"email": ADDRESS, "email_verified": "true"}, "has not verified"),
        ("email", {"email": "other@example.org", "email_verified": True}, "no open account"),
    ],
)
def test_whom_the_claim_does_not_name_stays_outside(
    provider: Provider,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    claim: str,
    claims: dict[str, object],
    said: str,
) -> None:
    monkeypatch.setenv("SALA_OIDC_CLAIM", claim)
    provider.knows("18", **claims)
    assert said in refusal(client, provider.answers(to_provider(client), sub="18"))


def test_a_verified_address_of_one_account_gets_in_and_of_two_does_not(
    provider: Provider, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, chain: Chain
) -> None:
    monkeypatch.setenv("SALA_OIDC_CLAIM", "email")
    provider.knows("19", email=ADDRESS.upper(), email_verified=True)
    client.get(provider.answers(to_provider(client), sub="19"))
    assert account(client) == OFFICER
    accounts.add(chain.country, f"{OFFICER}-2", "officer", "P1", password=PASSWORD, email=ADDRESS)
    other = client_of_another()
    assert "Several accounts" in refusal(other, provider.answers(to_provider(other), sub="19"))


def test_a_role_with_a_second_factor_is_asked_for_it_here_as_well(
    provider: Provider, client: FlaskClient, chain: Chain
) -> None:
    name = f"{OFFICER}-3"
    accounts.add(chain.country, name, "keyholder", "R", password=PASSWORD, email=ADDRESS)
    provider.knows("20", preferred_username=name)
    returned = client.get(provider.answers(to_provider(client), sub="20"))
    assert returned.location == "/second-factor?next=%2Fitems"
    assert "must_change" not in page(client, "/items").get_data(as_text=True)
    assert "Set up a second factor" in page(client, "/items", "?lang=en").get_data(as_text=True)


def _denied(provider: Provider, asked: str) -> str:
    return provider.answers(asked, action="deny")


def _forged(provider: Provider, asked: str) -> str:
    return provider.answers(asked, sub="17").replace("state=", "state=x")


def _no_code(provider: Provider, asked: str) -> str:
    return f"/sign-in/returned?code=x&state={parse_qs(urlsplit(asked).query)['state'][0]}"


def _other_nonce(provider: Provider, asked: str) -> str:
    nonce = parse_qs(urlsplit(asked).query)["nonce"][0]
    return provider.answers(asked.replace(nonce, "x" * 20), sub="17")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (_denied, "did not let you in"),
        (_forged, "not begun in this browser"),
        (_no_code, "cannot be trusted"),
        (_other_nonce, "cannot be trusted"),
    ],
)
def test_a_wrong_answer_lets_nobody_in_and_says_why(
    provider: Provider, client: FlaskClient, answer: Callable[[Provider, str], str], said: str
) -> None:
    provider.knows("17", preferred_username=OFFICER)
    assert said in refusal(client, answer(provider, to_provider(client)))


def test_a_provider_that_is_away_is_named_and_one_that_is_half_set_up_says_what_lacks(
    provider: Provider, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALA_OIDC_ISSUER", "http://localhost:9")
    said = words(client, urlsplit(to_provider(client)).query)
    assert "http://localhost:9 does not answer" in said
    monkeypatch.delenv("SALA_OIDC_CLIENT")
    assert "one of them is not set" in words(client, urlsplit(to_provider(client)).query)
    monkeypatch.delenv("SALA_OIDC_ISSUER")
    assert client.get("/sign-in/provider").status_code == 404
    assert "/sign-in/provider" not in words(client, "")
