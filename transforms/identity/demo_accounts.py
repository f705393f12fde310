"""The accounts that a sample has from the start, and that a country with real figures must not have."""

import base64

import pandas as pd
from sqlalchemy import text

from countries.country import Country
from countries.declarations.roles import DemoAccount
from countries.sample.senders import SampleSender, role_of
from sala.errors import NotFound
from sala.secret import key
from sql import warehouse
from transforms.identity.accounts import account_named, add
from transforms.identity.audit import record
from transforms.identity.person import SYSTEM, Person


def demo_password(account: DemoAccount) -> str:
    """The same at every start of one installation, and another one in every installation."""
    letters = base64.b32encode(key(f"demo account {account.name}")).decode().lower()
    return "-".join(letters[i : i + 4] for i in (0, 4, 8))


def load_demo_accounts(country: Country) -> None:
    """Make a sample's accounts; in a country that is none, close those that are left from when it was."""
    with warehouse.transaction() as connection:
        names = set(connection.execute(text("SELECT name FROM ledger.person")).scalars())
        if not country.sample:
            closed = connection.execute(
                text(
                    "UPDATE ledger.person SET active = false WHERE demo AND changed_at = created_at AND active"
                    " RETURNING name"
                )
            )
            for name in closed.scalars().all():
                record(connection, SYSTEM, "close account", f"account {name}")
            return
    for account in country.demo_accounts:
        if account.name not in names:
            add(
                country,
                account.name,
                account.role,
                account.area,
                password=demo_password(account),
                administrator=account.administrator,
                must_change=False,
            )
            _mark_as_demo(account.name)


def sample_account(sender: SampleSender, country: Country) -> Person | None:
    """The account of somebody who sends files of the sample, made where it is missing; nobody knows its password.

    None where no role of the country files such files.
    """
    role = role_of(country, sender)
    if role is None:
        return None
    try:
        return account_named(sender.name, country)
    except NotFound:
        area, administrator = sender.area_code, sender.administrator
        add(country, sender.name, role.id, area, administrator=administrator, must_change=False)
        _mark_as_demo(sender.name)
    return account_named(sender.name, country)


def _mark_as_demo(name: str) -> None:
    with warehouse.transaction() as connection:
        connection.execute(
            text("UPDATE ledger.person SET demo = true, changed_at = created_at WHERE name = :name"),
            {"name": name},
        )


def demo_accounts(country: Country) -> pd.DataFrame:
    """account, password, role, area: what a sample's guests sign in with. One that was changed stays its owner's."""
    with warehouse.transaction() as connection:
        untouched = set(
            connection.execute(
                text("SELECT name FROM ledger.person WHERE demo AND active AND changed_at = created_at")
            ).scalars()
        )
    rows = [
        (a.name, demo_password(a) if a.name in untouched else "(changed)", a.role, a.area)
        for a in country.demo_accounts
    ]
    return pd.DataFrame(rows, columns=["account", "password", "role", "area"])
