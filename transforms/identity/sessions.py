"""Sessions of browsers, which end on the server: by signing out, a new password, a closed account, and by themselves.

The cookie holds a random token; the warehouse keeps its SHA-256, so that whoever reads the database gets in nowhere.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import Connection, text

from countries.country import Country
from sala.settings import settings
from sql import warehouse
from transforms.identity.person import Person, find

_BYTES = 32


def begin_session(person: Person, provider: bool = False) -> str:
    """A new session of a person who has just signed in, by a `provider` or with a password. Returns its token.

    Where the person `must_prove` who they are, it is of no use before they did, in another session.
    """
    token = secrets.token_urlsafe(_BYTES)
    with warehouse.acting(person.person_id) as connection:
        connection.execute(
            text("SELECT ledger.begin_session(:hash, :idle, :whole, :provider, :unproved)"),
            {"hash": _hash(token), **_ends(), "provider": provider, "unproved": person.must_prove},
        )
    return token


@dataclass(frozen=True)
class Session:
    """Whose it is, and whether it began by a provider."""

    person: Person
    provider: bool


def session(token: str, country: Country) -> Session | None:
    """The one of a token; None where it has ended, or the account is closed. A password that is not asked for need not
    be changed."""
    with warehouse.acting(None) as connection:
        row = connection.execute(
            text("SELECT * FROM ledger.session_holder(:hash, :idle, :whole)"),
            {"hash": _hash(token), **_ends()},
        ).one_or_none()
    person = find(row.person_id, country) if row is not None else None
    if row is None or person is None:
        return None
    must_change = person.must_change and not row.provider
    return Session(replace(person, must_prove=row.unproved, must_change=must_change), row.provider)


def end_session(token: str) -> None:
    """End a session, for every copy of its cookie."""
    with warehouse.acting(None) as connection:
        connection.execute(text("SELECT ledger.end_session(:hash)"), {"hash": _hash(token)})


def end_sessions(connection: Connection, name: str) -> None:
    """End all sessions of an account."""
    connection.execute(
        text(
            "DELETE FROM ledger.session WHERE person_id = (SELECT person_id FROM ledger.person WHERE name = :name)"
        ),
        {"name": name},
    )


def _ends() -> dict[str, timedelta]:
    return {
        "idle": timedelta(minutes=settings().session_idle_minutes),
        "whole": timedelta(hours=settings().session_hours),
    }


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
