"""Tokens: what a program can do by one, who can make one, and when it stops."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from sala.commands.app import app as command_line
from sala.errors import Conflict, Invalid, NotAllowed, NotFound, NotSignedIn
from sql import warehouse
from tests.transforms.identity.client import form_token, page, sign_in
from tests.transforms.identity.conftest import MONTH, PASSWORD, Chain
from transforms.identity import accounts
from transforms.identity.audit import verify
from transforms.identity.person import Person
from transforms.identity.sign_in import sign_in as signed_in
from transforms.identity.throttle import Place
from transforms.identity.tokens import make_token, offered, revoke_token, token_holder, tokens

FILE = b"period,area_code,scheme,sex,age_group,beneficiaries\n2026-09,C11,first,F,Y_GE60,7\n"
_numbers = count(1)


@pytest.fixture
def client(chain: Chain) -> Iterator[FlaskClient]:
    from dashboards.app import server

    return server.test_client()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def made(person: Person, *scopes: str, ends_at: datetime | None = None) -> str:
    return make_token(person, f"program {next(_numbers)}", scopes, ends_at)


def test_a_token_does_what_its_scopes_name_and_its_role_may(chain: Chain, client: FlaskClient) -> None:
    reads = made(chain.people["chair-p1"], "read")
    submits = made(chain.people["officer-p1"], "submit")
    reviews = made(chain.people["chair-p1"], "review")
    at = f"/api/v1/reviews/P1/scheme_returns/{MONTH}"

    def statuses(token: str) -> tuple[int, int, int, int]:
        sent = {"file": (io.BytesIO(FILE), "x.csv"), "dry_run": "true"}
        return (
            client.get("/api/v1/indicators?area_code=P1", headers=bearer(token)).status_code,
            client.get("/api/v1/indicators?area_code=P2", headers=bearer(token)).status_code,
            client.post("/api/v1/submissions", data=sent, headers=bearer(token)).status_code,
            client.post(f"{at}/remarks", json={"text": "?"}, headers=bearer(token)).status_code,
        )

    assert statuses(reads) == (200, 403, 403, 403)
    assert statuses(submits) == (200, 403, 200, 403)  # its role may write remarks, the token may not
    assert statuses(reviews) == (200, 403, 403, 201)


def test_postgres_narrows_by_itself_what_a_token_may(chain: Chain) -> None:
    chair = chain.people["chair-p1"]
    narrow = token_holder(made(chair, "read"), chain.country)
    with warehouse.acting(chair.person_id, narrow.narrowed_to) as connection:
        assert connection.execute(text("SELECT actions FROM mart.me")).scalar() == ["read"]
    with warehouse.acting(chair.person_id, ()) as connection:
        assert connection.execute(text("SELECT actions FROM mart.me")).scalar() == []
    with warehouse.acting(chair.person_id) as connection:
        assert "endorse" in connection.execute(text("SELECT actions FROM mart.me")).scalar_one()


def test_a_token_ends_when_it_is_revoked_or_expires_or_its_account_closes(
    chain: Chain, client: FlaskClient
) -> None:
    accounts.add(chain.country, "clerk", "officer", "P1", password=PASSWORD, must_change=False)
    clerk = accounts.account_named("clerk", chain.country)
    revoked, short, kept = (
        made(clerk),
        made(clerk, ends_at=datetime.now(UTC) + timedelta(seconds=2)),
        made(clerk),
    )

    def status(token: str) -> int:
        return client.get("/api/v1/submissions", headers=bearer(token)).status_code

    assert [status(token) for token in (revoked, short, kept)] == [200, 200, 200]
    by_name = {token.name: token for token in tokens(clerk)}
    assert all(token.last_used_at is not None for token in by_name.values())
    number = next(token.number for token in tokens(clerk) if token.expires_at is None)
    with pytest.raises(NotFound):
        revoke_token(chain.people["officer-p1"], number)  # another account's
    first = min(token.number for token in tokens(clerk))
    revoke_token(clerk, first)
    with pytest.raises(NotFound):
        revoke_token(clerk, first)
    with warehouse.transaction() as connection:
        connection.execute(text("UPDATE ledger.token SET expires_at = now() WHERE expires_at IS NOT NULL"))
    assert [status(token) for token in (revoked, short, kept)] == [401, 401, 200]
    accounts.disable("clerk")
    refused = client.get("/api/v1/submissions", headers=bearer(kept))
    assert (refused.status_code, refused.get_json()["rule"]) == (401, "token_not_good")


def test_only_its_hash_is_kept_and_nobody_reads_it(chain: Chain) -> None:
    officer = chain.people["officer-p1"]
    token = made(officer)
    with warehouse.transaction() as connection:
        rows = connection.execute(text("SELECT t::text FROM ledger.token t")).scalars().all()
        assert token not in str(rows)
        assert verify(connection).broken is None
        detail = connection.execute(
            text(
                "SELECT detail::text FROM ledger.audit WHERE action = 'make token' ORDER BY audit_id DESC LIMIT 1"
            )
        ).scalar_one()
    assert '"read"' in detail
    assert token not in detail
    with pytest.raises(DBAPIError), warehouse.acting(officer.person_id) as connection:
        connection.execute(text("SELECT hash FROM ledger.token"))
    with warehouse.acting(chain.people["admin-p1"].person_id) as connection:
        assert connection.execute(text("SELECT count(*) FROM mart.token")).scalar() == 0
    for wrong in ("", "sala_", token[:-1], token.removeprefix("sala_")):
        with pytest.raises(NotSignedIn):
            token_holder(wrong, chain.country)


def test_what_no_token_can_be(chain: Chain) -> None:
    reader, officer = chain.people["reader-p1"], chain.people["officer-p1"]
    assert offered(reader) == ("read",)
    with pytest.raises(NotAllowed):
        made(reader, "submit")
    with pytest.raises(Invalid):
        made(officer, "administer")
    with pytest.raises(Invalid):
        made(officer, ends_at=datetime.now(UTC))
    with pytest.raises(Invalid):
        make_token(officer, " ", ["read"])
    make_token(officer, "twice", ["read"])
    with pytest.raises(Conflict):
        make_token(officer, "twice", ["read"])
    with pytest.raises(NotAllowed):
        made(token_holder(made(officer), chain.country))


def test_a_token_opens_no_page_and_no_form(chain: Chain, client: FlaskClient) -> None:
    headers = bearer(made(chain.people["officer-p1"]))
    form = {"old": PASSWORD, "new": "another word of mine", "again": "another word of mine"}
    assert client.post("/password", data=form, headers=headers).location.startswith("/sign-in")
    client.post("/password/token", data={"name": "more"}, headers=headers)
    assert "more" not in {token.name for token in tokens(chain.people["officer-p1"])}
    assert (
        signed_in("officer-p1", PASSWORD, chain.country, Place()).name == "officer-p1"
    )  # by the password as it was


def test_a_person_makes_and_revokes_one_on_the_page(chain: Chain, client: FlaskClient) -> None:
    officer = chain.people["officer-p2"]
    sign_in(client, "officer-p2")
    token = form_token(client, "/password")
    sent = {"csrf_token": token, "name": "nightly upload", "scopes": "read submit", "days": "30"}
    assert client.post("/password/token", data=sent).status_code == 303
    shown = page(client, "/password", "?lang=en&outcome=token_made").get_data(as_text=True)
    secret = re.search(r"sala_[\w-]{40,}", shown)
    assert secret is not None
    assert "nightly upload" in shown
    assert secret[0] not in page(client, "/password", "?lang=en").get_data(as_text=True)  # shown once
    assert token_holder(secret[0], chain.country).narrowed_to == ("read", "submit")
    taken = client.post("/password/token", data=sent)
    assert "outcome=token_name_taken" in taken.location
    (kept,) = [token for token in tokens(officer) if token.name == "nightly upload"]
    assert kept.expires_at is not None
    client.post("/password/revoke", data={"csrf_token": token, "token": str(kept.number)})
    with pytest.raises(NotSignedIn):
        token_holder(secret[0], chain.country)


def test_the_command_line_makes_lists_and_revokes(chain: Chain) -> None:
    runner = CliRunner()
    printed = runner.invoke(
        command_line, ["token", "add", "officer-c11", "tablet", "--scope", "submit", "--days", "9"]
    )
    assert printed.exit_code == 0, printed.output
    assert token_holder(printed.output.strip(), chain.country).name == "officer-c11"
    listed = runner.invoke(command_line, ["token", "list", "officer-c11"])
    assert re.search(r"tablet.*read, submit", listed.output)
    (number,) = [token.number for token in tokens(chain.people["officer-c11"])]
    assert runner.invoke(command_line, ["token", "revoke", "officer-c11", str(number)]).exit_code == 0
    with pytest.raises(NotSignedIn):
        token_holder(printed.output.strip(), chain.country)
    assert runner.invoke(command_line, ["token", "list", "nobody"]).exit_code == 1
