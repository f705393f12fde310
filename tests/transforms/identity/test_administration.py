"""An administrator acts on accounts by the pages as `sala user` does, in their own name; nobody else can."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from sala.errors import NotAllowed
from sql import warehouse
from tests.transforms.identity.client import form_token, page, sign_in
from tests.transforms.identity.conftest import PASSWORD, Chain
from transforms.identity import accounts, administration
from transforms.identity.person import Person

KEEPER = "keeper"


def signed_in(name: str) -> FlaskClient:
    from dashboards.app import server

    client = server.test_client()
    sign_in(client, name)
    return client


def post(client: FlaskClient, path: str, **fields: str) -> str:
    """Where the form leads."""
    token = form_token(client, "/password")
    return client.post(path, data={"csrf_token": token, **fields}).location or ""


@pytest.fixture(autouse=True)
def _keeper(chain: Chain) -> None:
    """An administrator of the whole country."""
    if KEEPER not in set(accounts.accounts()["name"]):
        accounts.add(chain.country, KEEPER, "admin", "R", password=PASSWORD, must_change=False)


@pytest.fixture
def keeper(chain: Chain) -> Person:
    return accounts.account_named(KEEPER, chain.country)


@pytest.fixture
def trial(chain: Chain) -> str:
    with warehouse.transaction() as connection:
        connection.execute(text("DELETE FROM ledger.person WHERE name = 'invited'"))
    return "invited"


def test_an_account_is_invited_moved_given_a_password_and_closed_by_name(
    chain: Chain, trial: str, keeper: Person
) -> None:
    client = signed_in(KEEPER)
    place = {"role": "officer", "area": "P1"}
    assert post(client, "/admin/accounts/invite", name=trial, **place).endswith("outcome=invited")
    shown = page(client, "/admin/accounts", "?lang=en").get_data(as_text=True)
    again = page(client, "/admin/accounts", "?lang=en").get_data(as_text=True)
    assert "given-password" in shown
    assert "given-password" not in again, "a password is shown twice"
    at = f"/admin/accounts/{trial}"
    assert "outcome=assigned" in post(client, f"{at}/assign", role="officer", area="P2")
    assert "outcome=reset" in post(client, f"{at}/password")
    assert "outcome=close_not_confirmed" in post(client, f"{at}/close", confirmed="another")
    assert "outcome=closed" in post(client, f"{at}/close", confirmed=trial)
    listed = accounts.accounts().set_index("name").loc[trial]
    assert (listed["area_code"], listed["active"]) == ("P2", False)
    found = administration.entries(keeper, chain.country, f"account {trial}", KEEPER)
    assert [entry.action for entry in found] == [
        "close account",
        "give password",
        "change account",
        "make account",
    ]


def test_nobody_closes_the_account_they_act_by(chain: Chain) -> None:
    assert "outcome=own_account" in post(
        signed_in(KEEPER), f"/admin/accounts/{KEEPER}/close", confirmed=KEEPER
    )
    assert sign_in(signed_in(KEEPER), KEEPER, PASSWORD).status_code == 303


@pytest.mark.parametrize("kind", ["officer", "token", "visitor"])
def test_whoever_is_no_administrator_that_signed_in_may_nothing(
    chain: Chain, kind: str, keeper: Person
) -> None:
    by: Person = {
        "officer": chain.people["officer-p1"],
        "token": replace(keeper, narrowed_to=("read", "administer")),
        "visitor": replace(keeper, person_id=None, unbound=True),
    }[kind]
    country = chain.country
    for act in (
        lambda: administration.add_account(by, country, "another", "officer", "P1"),
        lambda: administration.assign(by, country, "officer-p2", "officer", "P1", None),
        lambda: administration.set_password(by, country, "officer-p2"),
        lambda: administration.disable(by, country, "officer-p2"),
        lambda: administration.tokens_of(by, country, "officer-p2"),
        lambda: administration.revoke_token(by, country, "officer-p2", 1),
        lambda: administration.entries(by, country),
        lambda: administration.verify(by, country),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_an_administrator_of_a_province_reaches_no_other(chain: Chain) -> None:
    by, country = chain.people["admin-p1"], chain.country
    assert administration.tokens_of(by, country, "officer-p1") == []
    for act in (
        lambda: administration.add_account(by, country, "another", "officer", "P2"),
        lambda: administration.assign(by, country, "officer-p1", "officer", "P2", None),
        lambda: administration.set_password(by, country, "officer-p2"),
        lambda: administration.entries(by, country),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_an_officer_gets_no_page_and_no_form_of_the_administrators(chain: Chain) -> None:
    client = signed_in("officer-p1")
    for path in ("/admin/accounts", "/admin/audit", "/admin/country", "/admin/health"):
        assert client.get(path).status_code == 403
    assert "outcome=not_allowed" in post(client, "/admin/accounts/officer-p2/password")
    assert "outcome=not_allowed" in post(client, "/admin/audit/verify")


def test_the_log_is_searched_and_its_chain_walked(chain: Chain, keeper: Person) -> None:
    client = signed_in(KEEPER)
    assert "outcome=verified" in post(client, "/admin/audit/verify")
    assert "every link holds" in page(client, "/admin/audit", "?lang=en").get_data(as_text=True)
    found = administration.entries(keeper, chain.country, "sign in", KEEPER)
    assert found
    assert {(entry.person, entry.action) for entry in found} == {(KEEPER, "sign in")}
    assert administration.entries(keeper, chain.country, "no such words at all") == []


def test_a_saved_view_is_its_owners_alone(chain: Chain) -> None:
    client = signed_in("officer-p1")
    went = post(client, "/explore/save", name="Women by district", selection="sex=F&area_level=D")
    assert went.startswith("/explore?sex=F&area_level=D&")
    assert "Women by district" in page(client, "/explore", "?lang=en").get_data(as_text=True)
    assert "Women by district" not in page(signed_in("officer-p2"), "/explore", "?lang=en").get_data(
        as_text=True
    )
    post(client, "/explore/forget", name="Women by district")
    assert "Women by district" not in page(client, "/explore", "?lang=en").get_data(as_text=True)
