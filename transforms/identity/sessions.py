"""Sessions of browsers, which end on the server: by signing out, a new password, a closed account, and by themselves.

The cookie holds a random token; the warehouse keeps its SHA-256, so that whoever reads the database gets in nowhere.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import Connection, text

from countries.country import Country
from sala.settings import settings
from sql import warehouse
from transforms.identity.person import Person, find

_BYTES = 32


def begin_session(person: Person) -> str:
    """A new session of a person who has just signed in. Returns its token."""
    token = secrets.token_urlsafe(_BYTES)
    with warehouse.acting(person.person_id) as connection:
        connection.execute(
            text("SELECT ledger.begin_session(:hash, :idle, :whole)"), {"hash": _hash(token), **_ends()}
        )
    return token


def session_holder(token: str, country: Country) -> Person | None:
    """Whose session it is; None where it has ended, or the account is closed."""
    with warehouse.acting(None) as connection:
        person_id = connection.execute(
            text("SELECT ledger.session_holder(:hash, :idle, :whole)"), {"hash": _hash(token), **_ends()}
        ).scalar()
    return find(person_id, country) if person_id is not None else None


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
