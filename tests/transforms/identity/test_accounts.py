"""Accounts: which passwords are good, how long a guesser waits, what ends a session."""

from __future__ import annotations

import io
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from typer.testing import CliRunner

from countries.country import current, load
from sala.commands.app import app
from sala.errors import Invalid, NotFound, NotSignedIn, Refusal, TooMany
from sql import warehouse
from tests.transforms.identity.client import form_token, page, sign_in
from tests.transforms.identity.conftest import PASSWORD, Chain, write
from transforms.identity import accounts
from transforms.identity.demo_accounts import demo_accounts, demo_password, load_demo_accounts
from transforms.identity.passwords import fits, hash_of, made_up, require_good
from transforms.identity.sign_in import sign_in as open_session
from transforms.identity.throttle import EVERYWHERE, ONE_ADDRESS, Place, key_of
from transforms.intake import inbox

NEW = "nine green kettles"
HERE = Place("198.51.100.1")


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
        connection.execute(text("DELETE FROM ledger.failed_sign_in"))
        connection.execute(text("DELETE FROM ledger.person WHERE name = 'trial'"))
    accounts.add(chain.country, "trial", "officer", "P1", password=PASSWORD, must_change=False)
    return "trial"


def waits(name: str) -> timedelta:
    """The longest wait of an account, wherever it waits."""
    with warehouse.transaction() as connection:
        until: datetime | None = connection.execute(
            text("SELECT max(wait_until) FROM ledger.failed_sign_in WHERE account = :account"),
            {"account": key_of(name.lower())},
        ).scalar()
    return until - datetime.now(UTC) if until else timedelta(0)


def end_the_waits() -> None:
    with warehouse.transaction() as connection:
        connection.execute(text("UPDATE ledger.failed_sign_in SET wait_until = now() - interval '1 s'"))


def guess(name: str, place: Place, times: int) -> list[str]:
    """Wrong passwords from a place; gives what was answered."""
    answers = []
    for n in range(times):
        with pytest.raises(Refusal) as refused:
            open_session(name, f"a wrong password {n}", current(), place)
        answers.append(refused.value.key)
    return answers


@pytest.mark.parametrize("name", ["trial", "nobody-at-all", "'; DROP TABLE ledger.person --"])
def test_a_guesser_waits_longer_and_longer_whether_there_is_the_account_or_not(
    chain: Chain, account: str, name: str
) -> None:
    assert guess(name, HERE, 6) == ["wrong_password"] * 5 + ["sign_in_waits"]
    before = waits(name)
    for _ in range(3):
        end_the_waits()
        assert guess(name, HERE, 2) == ["wrong_password", "sign_in_waits"]
        assert waits(name) > before * 1.5
        before = waits(name)
    if name == account:
        with pytest.raises(TooMany, match="Too many"):  # the right one does not help either
            open_session(account, PASSWORD, chain.country, HERE)
        end_the_waits()
        assert open_session(account, PASSWORD, chain.country, HERE).name == account
        assert guess(account, HERE, 1) == ["wrong_password"]  # and all is forgotten


def test_a_stranger_locks_nobody_out(chain: Chain, account: str) -> None:
    guess(account, Place("192.0.2.1"), 8)
    assert open_session(account, PASSWORD, chain.country, HERE).name == account
    guess(account, HERE, 8)  # behind the same router
    own = Place(HERE.address, familiar_device="a browser that it has signed in by")
    assert open_session(account, PASSWORD, chain.country, own).name == account


def test_many_strangers_make_an_unfamiliar_place_wait_for_seconds(chain: Chain, account: str) -> None:
    for n in range(EVERYWHERE.free):
        guess(account, Place(f"192.0.2.{n}"), 1)
    with pytest.raises(TooMany):
        open_session(account, PASSWORD, chain.country, HERE)
    assert waits(account) <= EVERYWHERE.longest_wait
    own = Place(HERE.address, familiar_device="a browser")
    assert open_session(account, PASSWORD, chain.country, own).name == account


def test_one_address_cannot_try_many_accounts(chain: Chain) -> None:
    answers = [guess(f"account-{n}", Place("203.0.113.7"), 1)[0] for n in range(ONE_ADDRESS.free + 1)]
    assert answers == ["wrong_password"] * ONE_ADDRESS.free + ["sign_in_waits"]
    assert guess("account", Place("2001:db8::1"), 1) == ["wrong_password"]
    assert Place("2001:db8::1").network == Place("2001:db8::2:3").network != Place("2001:db8:1::1").network


@pytest.mark.parametrize(
    ("name", "role", "area", "words"),
    [
        ("Big Name", "officer", "P1", "not a valid name for an account"),
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
    with pytest.raises(NotFound, match="nobody-at-all"):
        accounts.named("nobody-at-all", chain.country)


# ── Sessions ────────────────────────────────────────────────────────────────────────────────────────────────


def browser() -> FlaskClient:
    from dashboards.app import server

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
        open_session(account, PASSWORD, chain.country, HERE)


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


def test_signing_out_ends_every_copy_of_the_session(chain: Chain, account: str) -> None:
    client, thief = browser(), browser()
    sign_in(client, account)
    form = {"csrf_token": form_token(client, "/password")}
    cookie = client.get_cookie("sala_session")
    assert cookie is not None
    thief.set_cookie("sala_session", cookie.value)
    assert signed_in(thief, account)
    client.post("/sign-out", data=form)
    assert not signed_in(thief, account)


@pytest.mark.parametrize(("column", "ago"), [("seen_at", "61 minutes"), ("began_at", "12 hours")])
def test_a_session_ends_by_itself(chain: Chain, account: str, column: str, ago: str) -> None:
    client = browser()
    sign_in(client, account)
    assert signed_in(client, account)
    with warehouse.transaction() as connection:
        connection.execute(text(f"UPDATE ledger.session SET {column} = now() - interval '{ago}'"))  # noqa: S608
    assert not signed_in(client, account)


def test_use_keeps_a_session_from_ending(chain: Chain, account: str) -> None:
    client = browser()
    sign_in(client, account)
    with warehouse.transaction() as connection:
        connection.execute(text("UPDATE ledger.session SET seen_at = now() - interval '59 minutes'"))
    assert signed_in(client, account)
    with warehouse.transaction() as connection:
        seen = connection.execute(text("SELECT max(seen_at) FROM ledger.session")).scalar()
    assert seen is not None
    assert datetime.now(UTC) - seen < timedelta(minutes=1)


def test_a_browser_that_knows_the_account_does_not_wait_for_strangers(chain: Chain, account: str) -> None:
    own, stranger = browser(), browser()
    sign_in(own, account)
    own.post("/sign-out", data={"csrf_token": form_token(own, "/password")})
    answers = [sign_in(stranger, account, "a wrong password").location for _ in range(6)]
    assert answers[-1].startswith("/sign-in?outcome=sign_in_waits")
    assert sign_in(stranger, account).location.startswith("/sign-in?outcome=sign_in_waits")
    assert sign_in(own, account).location == "/"


def test_one_limit_holds_for_every_address_and_way_in(
    chain: Chain, account: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SALA_REQUESTS_PER_MINUTE", "5")
    with warehouse.transaction() as connection:
        connection.execute(text("DELETE FROM ledger.request_count"))
    client = browser()
    client.get("/")
    client.get("/healthz")
    client.get("/api/v1/submissions", auth=(account, PASSWORD))
    client.get("/download/schemes/P1.csv", headers={"Authorization": "Bearer sala_made_up"})
    assert client.post("/sign-in", data={}).status_code == 303
    for path in ("/", "/healthz", "/api/v1/submissions", "/_dash-layout", "/nowhere"):
        answer = client.get(path, auth=(account, PASSWORD))
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert client.get("/", environ_overrides={"REMOTE_ADDR": "192.0.2.9"}).status_code == 200
    with client.get("/assets/sala.css") as free:
        assert free.status_code == 200


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


# ── What the audit log tells of them ────────────────────────────────────────────────────────────────────────


def logged(after: int = 0) -> list[tuple[str, str, str]]:
    """Who did what to what, since an entry."""
    with warehouse.transaction() as connection:
        rows = connection.execute(
            text(
                "SELECT person, action, subject FROM ledger.audit WHERE audit_id > :after ORDER BY audit_id"
            ),
            {"after": after},
        )
        return [(row[0], row[1], row[2]) for row in rows]


def test_an_accounts_life_is_in_the_log(chain: Chain, account: str) -> None:
    begun = len(logged()) - 1
    client = browser()
    sign_in(client, account, "a wrong password")
    sign_in(client, "no-such-name", "a wrong password")
    sign_in(client, account)
    form = {"csrf_token": form_token(client, "/password"), "old": PASSWORD, "new": NEW, "again": NEW}
    client.post("/password", data=form)
    program = browser()
    for _ in range(3):  # a program sends its password with every request
        assert program.get("/api/v1/submissions", auth=(account, NEW)).status_code == 200
    accounts.set_password(account, PASSWORD)
    accounts.disable(account)
    sign_in(client, account)
    assert logged(begun) == [
        ("sala", "make account", "account trial"),
        ("visitor", "sign in failed", "account trial"),
        ("visitor", "sign in failed", "no account"),
        ("trial", "sign in", "session"),
        ("trial", "change password", "own account"),
        ("trial", "sign in", "session"),
        ("trial", "sign in", "program"),
        ("sala", "give password", "account trial"),
        ("sala", "close account", "account trial"),
        ("visitor", "sign in failed", "account trial"),
    ]


def test_waiting_after_wrong_passwords_is_in_the_log_once(chain: Chain) -> None:
    begun = len(logged())
    for _ in range(8):
        with pytest.raises((NotSignedIn, TooMany)):
            open_session("body-one", "a wrong password", chain.country, HERE)
    assert [action for _, action, _ in logged(begun)] == ["sign in failed"] * 5 + ["sign in locked"]


def test_a_refused_act_is_in_the_log_though_it_is_undone(chain: Chain) -> None:
    begun = len(logged())
    client = browser()
    asked = f"/api/v1/submissions/{chain.receipts['C11']}"
    refused = client.delete(asked, json={"because": "a mistake"}, auth=("chair-p1", PASSWORD))
    assert refused.status_code == 403
    for _ in range(2):
        sent = {"file": (io.BytesIO(b"period,area_code\n"), "x.csv")}
        assert browser().post("/api/v1/submissions", data=sent).status_code == 401
    entries = [entry for entry in logged(begun) if entry[1] == "refused"]
    assert entries[0] == ("chair-p1", "refused", f"{refused.get_json()['rule']}: DELETE {asked}")
    assert entries[1:] == [("visitor", "refused", "not_allowed_visitor")]


def test_what_a_command_refuses_is_in_the_log(chain: Chain, tmp_path: Path) -> None:
    begun = len(logged())
    (tmp_path / "x.csv").write_text("period,area_code\n")
    done = CliRunner().invoke(app, ["submit", str(tmp_path / "x.csv"), "--as", "chair-p1"])
    assert done.exit_code != 0
    assert logged(begun) == [("chair-p1", "refused", "not_allowed: sala submit")]


def test_what_the_inbox_refuses_is_in_the_log(chain: Chain) -> None:
    begun = len(logged())
    file = inbox.folder() / "chair-p1" / "x.csv"
    file.parent.mkdir(parents=True)
    file.write_text("period,area_code\n")
    os.utime(file, (0, 0))
    assert inbox.take_in() == 0
    shutil.rmtree(inbox.folder())
    assert logged(begun) == [("chair-p1", "refused", "not_allowed: inbox")]


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
    assert open_session("demo-p1", shown[0]["password"], sample, HERE).may("submit", "C11")
    load_demo_accounts(chain.country)
    with pytest.raises(NotSignedIn):
        open_session("demo-p1", shown[0]["password"], chain.country, HERE)
