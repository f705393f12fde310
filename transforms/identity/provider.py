"""Whose account it is that a provider of OpenID Connect speaks of: one that is there already and that a claim names."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import text

from countries.country import Country
from sala.errors import NotFound, NotSignedIn
from sql import warehouse
from transforms.identity.accounts import account_named
from transforms.identity.person import Person

EMAIL = "email"
"""The claim that is an address of the account instead of its name, and counts only where the provider verified it."""


def account_of(claims: Mapping[str, object], claim: str, country: Country) -> Person:
    """The person of the open account that `claim` names. Raises NotSignedIn, whatever is wrong with either."""
    value = claims.get(claim)
    if not isinstance(value, str) or not value.strip():
        raise NotSignedIn("provider_claim_missing", claim=claim)
    value = value.strip()
    if claim == EMAIL and claims.get("email_verified") is not True:  # neither "true" nor 1 is the standard's
        raise NotSignedIn("provider_email_unverified", email=value)
    try:
        return account_named(_name_of(value) if claim == EMAIL else value.lower(), country)
    except NotFound:
        raise NotSignedIn("provider_no_account", name=value) from None


def _name_of(email: str) -> str:
    """The account's name. Raises NotSignedIn where no account has the address, or several have it."""
    with warehouse.acting(None) as connection:
        names = connection.execute(text("SELECT ledger.account_of_email(:email)"), {"email": email}).scalars()
        found = list(names)
    if len(found) > 1:
        raise NotSignedIn("provider_email_shared", email=email)
    if not found:
        raise NotSignedIn("provider_no_account", name=email)
    return str(found[0])
