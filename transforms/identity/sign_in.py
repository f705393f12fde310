"""Signing in with a password, and changing it: wrong passwords make the next attempt wait."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from countries.country import Country
from sala.errors import Invalid, NotSignedIn, TooMany
from sql import warehouse
from transforms.identity.audit import record
from transforms.identity.database_logins import end_overdue_sessions, verifier
from transforms.identity.passwords import fits, hash_of, require_good
from transforms.identity.person import Person, find
from transforms.identity.throttle import Attempt, Place


def sign_in(name: str, password: str, country: Country, place: Place) -> Person:
    """The person of an account. Raises NotSignedIn, and TooMany where wrong passwords came before.

    A name that is no account takes the same steps, and so as long, as a wrong password.
    """
    name = name.strip().lower()
    attempt = Attempt(name, place)
    try:
        attempt.begin()
    except TooMany:
        _log_failure(name, place, waits=True)
        raise
    with warehouse.acting(None) as connection:
        row = connection.execute(text("SELECT * FROM ledger.account(:name)"), {"name": name}).one_or_none()
    person = None
    if fits(password, row.hash if row else None) and row is not None:
        person = find(row.person_id, country)
    if person is None:
        _log_failure(name, place)
        raise NotSignedIn("wrong_password")  # not said which of the two
    attempt.succeeded()
    return person


def _log_failure(name: str, place: Place, waits: bool = False) -> None:
    with warehouse.acting(None) as connection:
        connection.execute(
            text("SELECT ledger.log_failed_sign_in(:name, :address, :waits)"),
            {"name": name, "address": place.address, "waits": waits},
        )


def log_program(person: Person) -> None:
    """Write down that a program signed in with a password, as it does with every request: once an hour."""
    with warehouse.acting(person.person_id) as connection:
        record(connection, person, "sign in", "program", seldom=timedelta(hours=1))


def change_password(person: Person, old: str, new: str, country: Country, place: Place) -> None:
    """A person's own, of the database login too: every session that is open ends.

    Raises NotSignedIn, TooMany and Invalid.
    """
    try:
        sign_in(person.name, old, country, place)
    except NotSignedIn:
        raise NotSignedIn("wrong_old_password") from None
    require_good(new, person.name)
    if new == old:
        raise Invalid("password_unchanged")
    with warehouse.acting(person.person_id) as connection:
        connection.execute(
            text("SELECT ledger.change_password(:hash, :verifier)"),
            {"hash": hash_of(new), "verifier": verifier(connection, new)},
        )
    with warehouse.acting(person.person_id) as connection:
        end_overdue_sessions(connection)
