"""What an administrator does with accounts and the log from a page: the acts of `sala user`, `sala token` and
`sala audit`, done in the administrator's name by somebody who signed in with a password.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from countries.country import Country
from sala.errors import Conflict, NotAllowed
from sql import warehouse
from transforms.identity import accounts, audit, second_factor, tokens
from transforms.identity.accounts import NewAccount, account_named
from transforms.identity.person import Person

MOST_ENTRIES = 200
_ENTRIES = """
SELECT audit_id AS number, at, person, action, subject, area_code, detail
FROM ledger.audit
WHERE (CAST(:before AS bigint) IS NULL OR audit_id < :before)
  AND (CAST(:who AS text) IS NULL OR person = :who)
  AND (CAST(:since AS timestamptz) IS NULL OR at >= :since)
  AND (CAST(:words AS text) IS NULL
       OR strpos(lower(concat_ws(' ', action, subject, area_code, person, detail::text)), lower(:words)) > 0)
ORDER BY audit_id DESC
LIMIT :most
"""


@dataclass(frozen=True)
class Entry:
    """A line of the audit log; `person` is empty for Sala itself."""

    number: int
    at: datetime
    person: str | None
    action: str
    subject: str
    area_code: str | None
    detail: dict[str, Any] | None


def add_account(by: Person, country: Country, name: str, role: str, area: str, **more: Any) -> NewAccount:
    """As accounts.add, in the administrator's own area and below. Raises NotAllowed too."""
    must_administer(by, area)
    return accounts.add(country, name, role, area, by=by, **more)


def assign(by: Person, country: Country, name: str, role: str, area: str, administrator: str | None) -> None:
    """As accounts.assign, for anybody but oneself. Raises NotAllowed and Conflict too."""
    _must_be_another(by, country, name)
    must_administer(by, area)
    accounts.assign(country, name, role, area, administrator=administrator, by=by)


def set_password(by: Person, country: Country, name: str, login: bool = False) -> NewAccount:
    """A made-up password for somebody else, with a database login too where `login` asks for one."""
    _must_be_another(by, country, name)
    return accounts.set_password(name, by=by, login=login)


def disable(by: Person, country: Country, name: str) -> None:
    """Close somebody else's account."""
    _must_be_another(by, country, name)
    accounts.disable(name, by=by)


def reset_second_factor(by: Person, country: Country, name: str) -> None:
    """Take away somebody else's second factor."""
    _must_be_another(by, country, name)
    second_factor.reset(name, by=by)


def tokens_of(by: Person, country: Country, name: str) -> list[tokens.Token]:
    """The tokens of an account that is open: names and times, never the tokens."""
    return tokens.tokens(_administered(by, country, name))


def revoke_token(by: Person, country: Country, name: str, number: int) -> None:
    """End a token of somebody's."""
    tokens.revoke_token(_administered(by, country, name), number, by=by)


def entries(
    by: Person,
    country: Country,
    words: str | None = None,
    who: str | None = None,
    since: datetime | None = None,
    before: int | None = None,
) -> Sequence[Entry]:
    """The newest entries of the log that hold the words, at most MOST_ENTRIES, those before a number alone."""
    must_administer(by, country.root)
    with warehouse.transaction() as connection:
        found = connection.execute(
            text(_ENTRIES),
            {"words": words, "who": who, "since": since, "before": before, "most": MOST_ENTRIES},
        )
        return [Entry(**row) for row in found.mappings()]


def verify(by: Person, country: Country) -> audit.Verified:
    """Walk the whole chain of the log."""
    must_administer(by, country.root)
    with warehouse.transaction() as connection:
        return audit.verify(connection)


def must_administer(by: Person, area_code: str) -> None:
    """Return for an administrator of the area who signed in; a token, or a country without roles, is none.

    Raises NotAllowed.
    """
    by.must("administer", area_code)
    if by.person_id is None or by.narrowed_to is not None:
        raise NotAllowed("administer_signed_in")


def _administered(by: Person, country: Country, name: str) -> Person:
    """The person of an open account in the administrator's area or below. Raises NotAllowed and NotFound."""
    must_administer(by, by.area_code)  # first, so that nobody else learns which accounts there are
    account = account_named(name, country)
    must_administer(by, account.area_code)
    return account


def _must_be_another(by: Person, country: Country, name: str) -> None:
    """Nobody closes, moves or resets the account they act by, or the last administrator could be locked out."""
    if _administered(by, country, name).name == by.name:
        raise Conflict("own_account", name=name)
