"""Signing in with a password, and changing it: wrong passwords make an account wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from countries.country import Country
from sala.errors import Invalid, NotSignedIn
from sql import warehouse
from transforms.identity.passwords import fits, hash_of, require_good
from transforms.identity.person import Person, find

PATIENCE = 5  # wrong passwords before an account has to wait
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)  # the wait doubles from one to the other


def sign_in(name: str, password: str, country: Country) -> Person:
    """The person of an account. Raises NotSignedIn, with every wrong password for longer."""
    now = datetime.now(UTC)
    with warehouse.acting(None) as connection:  # the row stays locked: guesses are made one at a time
        row = connection.execute(
            text("SELECT * FROM ledger.account(:name)"), {"name": name.strip().lower()}
        ).one_or_none()
        locked_until = row.locked_until if row else None
        right = False
        if locked_until is None or locked_until <= now:
            right = fits(password, row.hash if row else None)
            locked_until = None
            if row is not None:
                wait = _wait(row.failed + 1)
                connection.execute(
                    text("SELECT ledger.record_sign_in(:id, :right, :wait)"),
                    {"id": row.person_id, "right": right, "wait": wait},
                )
    if locked_until is not None:
        raise NotSignedIn("locked", until=f"{locked_until:%H:%M:%S} UTC")
    account = find(row.person_id, country) if row is not None and right else None
    if account is None:
        raise NotSignedIn("wrong_password")  # not said which of the two
    return account[0]


def _wait(failed: int) -> timedelta:
    """How long an account waits after so many wrong passwords in a row."""
    if failed < PATIENCE:
        return timedelta(0)
    return min(FIRST_WAIT * 2 ** min(failed - PATIENCE, 20), LONGEST_WAIT)


def change_password(person: Person, old: str, new: str, country: Country) -> None:
    """A person's own: every session that is open ends. Raises NotSignedIn and Invalid."""
    try:
        sign_in(person.name, old, country)
    except NotSignedIn as refusal:
        raise NotSignedIn("wrong_old_password") if refusal.key == "wrong_password" else refusal from None
    require_good(new, person.name)
    if new == old:
        raise Invalid("password_unchanged")
    with warehouse.acting(person.person_id) as connection:
        connection.execute(text("SELECT ledger.change_password(:hash)"), {"hash": hash_of(new)})
