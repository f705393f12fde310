"""Accounts: which passwords are good, how long a guesser waits, what ends a session."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from countries.country import load
from sala.errors import Invalid, NotAllowed, NotSignedIn, Refusal
from sql import warehouse
from tests.transforms.identity.client import form_token, page, sign_in
from tests.transforms.identity.conftest import PASSWORD, Chain, write
from transforms.identity import accounts
from transforms.identity.demo_accounts import demo_accounts, demo_password, load_demo_accounts
from transforms.identity.passwords import fits, hash_of, made_up, require_good
from transforms.identity.sign_in import sign_in as open_session

NEW = "nine green kettles"


@pytest.mark.parametrize(
    ("password", "rule"),
    [
        ("short", "short"),
        ("x" * 201, "long"),
        ("the-officer-p1-way", "name"),
        ("Password123!", "common"),
        ("passwordpassword", "common"),
        ("123456789012", "common"),
        ("aaaaaaaaaaaab", "common"),
        ("Administrator2026", "common"),
        ("qwertyuiop12", "common"),
        ("!!phnompenh!!2026", "common"),
    ],
)
def test_weak_passwords_are_refused(password: str, rule: str) -> None:
    with pytest.raises(Invalid) as refused:
        require_good(password, "officer-p1")
    assert refused.value.key == f"password_{rule}"


@pytest.mark.parametrize("password", [PASSWORD, NEW, "correct horse but another", "ស្លាបព្រា៧គ្រាប់លើតុ"])
def test_a_few_words_are_good(password: str) -> None:
    require_good(password, "officer-p1")


def test_passwords_are_kept_as_argon2id() -> None:
    kept = hash_of(PASSWORD)
    assert kept.startswith("$argon2id$")
    assert fits(PASSWORD, kept)
    assert not fits(NEW, kept)
    assert not fits(PASSWORD, None)
    require_good(made_up(), "anybody")


@pytest.fixture
def account(chain: Chain) -> str:
    """An account that can be spoilt."""
    with warehouse.transaction() as connection:
        connection.execute(text("DELETE FROM ledger.person WHERE name = 'trial'"))
    accounts.add(chain.country, "trial", "officer", "P1", password=PASSWORD, must_change=False)
    return "trial"


def waits(name: str) -> timedelta | None:
    with warehouse.transaction() as connection:
        until: datetime | None = connection.execute(
            text("SELECT locked_until FROM ledger.person WHERE name = :name"), {"name": name}
        ).scalar()
    return until - datetime.now(UTC) if until else None


def forget_the_wait(name: str) -> None:
    with warehouse.transaction() as connection:
        connection.execute(
            text("UPDATE ledger.person SET locked_until = now() - interval '1 s' WHERE name = :name"),
            {"name": name},
        )


def test_a_guesser_waits_longer_and_longer(chain: Chain, account: str) -> None:
    for _ in range(4):
        with pytest.raises(NotSignedIn, match="name or the password"):
            open_session(account, "a wrong password", chain.country)
    assert (waits(account) or timedelta(0)) <= timedelta(0)  # a slip of the finger costs nothing
    before = timedelta(0)
    for _ in range(4):
        forget_the_wait(account)
        with pytest.raises(NotSignedIn):
            open_session(account, "a wrong password", chain.country)
        now = waits(account)
        assert now is not None
        assert now > before * 1.5
        before = now
        with pytest.raises(NotSignedIn, match="Too many"):  # the right one does not help either
            open_session(account, PASSWORD, chain.country)
    forget_the_wait(account)
    assert open_session(account, PASSWORD, chain.country).name == account
    assert waits(account) is None


def test_a_name_that_is_not_there_is_not_told_apart(chain: Chain, account: str) -> None:
    messages = []
    for name in (account, "nobody-at-all", "'; DROP TABLE ledger.person --"):
        with pytest.raises(NotSignedIn) as refused:
            open_session(name, "a wrong password", chain.country)
        messages.append(str(refused.value))
    assert len(set(messages)) == 1


@pytest.mark.parametrize(
    ("name", "role", "area", "words"),
    [
        ("Big Name", "officer", "P1", "no name for an account"),
        ("fresh", "king", "P1", "“king” is not a role of this country; there are public"),
        ("fresh", "public", "R", "not signed in"),
        ("fresh", "officer", "P9", "has the code P9"),
        ("fresh", "body", "R", "belongs to a scheme administrator; name one of one, two"),
        ("chair-p1", "chair", "P1", "There is an account chair-p1 already"),
    ],
)
def test_what_an_account_cannot_be(chain: Chain, name: str, role: str, area: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        accounts.add(chain.country, name, role, area, password=PASSWORD)


def test_who_hands_in_on_the_machine(chain: Chain) -> None:
    assert accounts.named("officer-p1", chain.country).area_code == "P1"
    for name in ("chair-p1", "nobody-at-all"):
        with pytest.raises(NotAllowed, match=f"{name}.* may not submit"):
            accounts.named(name, chain.country)


# ── Sessions ────────────────────────────────────────────────────────────────────────────────────────────────


def browser() -> FlaskClient:
    from dashboards.app import server
    from dashboards.server.security import limiter

    limiter.reset()
    return server.test_client()


def signed_in(client: FlaskClient, name: str) -> bool:
    return f"signed in as {name}" in page(client, "/sign-in", "?lang=en").get_data(as_text=True)


def test_signing_in_and_out(chain: Chain, account: str) -> None:
    client = browser()
    assert sign_in(client, account, "a wrong password").location.startswith("/sign-in?outcome=wrong_password")
    assert not signed_in(client, account)
    answer = sign_in(client, account)
    assert answer.location == "/"
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert signed_in(client, account)
    client.post("/sign-out", data={"csrf_token": form_token(client, "/password")})
    assert not signed_in(client, account)


def test_a_cookie_alone_changes_nothing(chain: Chain, account: str) -> None:
    client = browser()
    without = client.post("/sign-in", data={"name": account, "password": PASSWORD})
    assert without.location == "/sign-in?outcome=form_expired"
    sign_in(client, account)
    for path in ("/api/v1/submissions", "/_dash-update-component"):
        assert client.post(path, json={}).status_code == 400
        assert "X-CSRFToken" in client.post(path, json={}).get_json()["detail"]
    assert client.post("/sign-out").status_code == 303
    assert signed_in(client, account)  # still


def test_a_new_password_ends_every_other_session(chain: Chain, account: str) -> None:
    first, second = browser(), browser()
    for client in (first, second):
        sign_in(client, account)
    form = {"csrf_token": form_token(first, "/password"), "old": PASSWORD, "new": NEW, "again": NEW}
    assert (
        first.post("/password", data=form | {"again": "x"}).location == "/password?outcome=passwords_differ"
    )
    assert (
        first.post("/password", data=form | {"old": "x"}).location == "/password?outcome=wrong_old_password"
    )
    short = form | {"new": "short", "again": "short"}
    assert first.post("/password", data=short).location.startswith("/password?outcome=password_short&about=")
    assert first.post("/password", data=form).location == "/password?outcome=changed"
    assert signed_in(first, account)
    assert not signed_in(second, account)
    with pytest.raises(NotSignedIn):
        open_session(account, PASSWORD, chain.country)


def test_a_given_password_has_to_be_changed_first(chain: Chain, account: str) -> None:
    accounts.set_password(account, "given by somebody")
    client = browser()
    assert sign_in(client, account, "given by somebody").location == "/password"
    for path in ("/", "/area/P1", "/data"):
        assert "choose one of your own" in page(client, path, "?lang=en").get_data(as_text=True)
    assert client.get("/download/schemes/P1.csv").get_data(as_text=True).count("\n") <= 1
    api = browser().get("/api/v1/submissions", auth=(account, "given by somebody"))
    assert (api.status_code, api.mimetype) == (403, "application/problem+json")
    form = {
        "csrf_token": form_token(client, "/password"),
        "old": "given by somebody",
        "new": NEW,
        "again": NEW,
    }
    assert client.post("/password", data=form).location == "/password?outcome=changed"
    assert "choose one of your own" not in page(client, "/area/P1", "?lang=en").get_data(as_text=True)


def test_a_closed_account_is_out_at_once(chain: Chain, account: str) -> None:
    client = browser()
    sign_in(client, account)
    assert signed_in(client, account)
    accounts.disable(account)
    assert not signed_in(client, account)


@pytest.mark.parametrize(
    ("address", "went"),
    [
        ("/area/P1?period=2026-10", "/area/P1?period=2026-10"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example", "/"),
        ("\t//elsewhere.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/sign-out", "/"),
        (None, "/"),
    ],
)
def test_signing_in_leads_nowhere_else(address: str | None, went: str) -> None:
    from dashboards.server.sessions import safe_next

    assert safe_next(address) == went


def test_guessing_from_one_address_is_slowed(chain: Chain) -> None:
    client = browser()
    answers = [sign_in(client, "nobody", "a wrong password").status_code for _ in range(22)]
    assert answers[0] == 303
    assert answers[-1] == 429


def test_every_answer_carries_the_headers(chain: Chain) -> None:
    client = browser()
    for path in ("/", "/api/v1/submissions", "/area/nowhere"):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "'unsafe-eval'" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"


def test_basic_needs_the_right_password(chain: Chain) -> None:
    client = browser()
    wrong = client.get("/api/v1/submissions", auth=("officer-p1", "a wrong password"))
    assert wrong.status_code == 401
    assert wrong.headers["WWW-Authenticate"].startswith("Basic")
    assert client.get("/api/v1/submissions", auth=("officer-p1", PASSWORD)).status_code == 200


# ── A sample's accounts ─────────────────────────────────────────────────────────────────────────────────────


def test_demo_accounts_are_a_samples_alone(chain: Chain, tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    write(folder, sample=True)
    (folder / "demo_accounts.yaml").write_text("- {name: demo-p1, role: officer, area: P1}\n")
    sample = load(folder)
    load_demo_accounts(sample)
    shown = demo_accounts(sample).to_dict("records")
    assert shown == [
        {
            "account": "demo-p1",
            "password": demo_password(sample.demo_accounts[0]),
            "role": "officer",
            "area": "P1",
        }
    ]
    assert open_session("demo-p1", shown[0]["password"], sample).may("submit", "C11")
    load_demo_accounts(chain.country)
    with pytest.raises(NotSignedIn):
        open_session("demo-p1", shown[0]["password"], chain.country)
