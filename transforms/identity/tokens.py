"""Tokens: by one a program acts for an account, within the scopes it was made for, until it is revoked or ends.

A token is known to whoever made it and to nobody else: the warehouse keeps its SHA-256. What it may do is always a part
of what its account may do at that moment; a closed account's tokens stop with it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal, get_args

from sqlalchemy import text

from countries.country import Country
from countries.declarations.roles import Action
from sala.errors import Conflict, Invalid, NotAllowed, NotFound, NotSignedIn
from sql import warehouse
from transforms.identity.audit import Named, record
from transforms.identity.person import Person, find

Scope = Literal["read", "submit", "review", "watch"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
ACTIONS: dict[Scope, tuple[Action, ...]] = {
    "read": ("read",),
    "submit": ("submit",),
    "review": ("draft", "endorse", "return", "prepare", "preview", "approve"),
    "watch": ("watch",),
}
"""What a role may do that a token of the scope may be used for. Every token reads."""

PREFIX = "sala_"
LONGEST_NAME = 100
_BYTES = 32


@dataclass(frozen=True)
class Token:
    """What is known of a token; times are UTC."""

    number: int
    name: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


def make_token(
    person: Person,
    name: str,
    scopes: Sequence[str],
    expires_at: datetime | None = None,
    by: Named | None = None,
) -> str:
    """Make a token of a person's own and return it: this is the only time that it is shown.

    `by` is who makes it, where that is somebody else at this machine. Raises NotAllowed, Invalid, Conflict.
    """
    name = name.strip()
    _require(person, name, scopes, expires_at)
    kept = tuple(scope for scope in SCOPES if scope == "read" or scope in scopes)
    token = PREFIX + secrets.token_urlsafe(_BYTES)
    with warehouse.acting(person.person_id) as connection:
        number = connection.execute(
            text("SELECT ledger.make_token(:name, :hash, :scopes, :ends_at)"),
            {"name": name, "hash": _hash(token), "scopes": list(kept), "ends_at": expires_at},
        ).scalar()
        if number is None:
            raise Conflict("token_name_taken")
        detail = {
            "name": name,
            "scopes": kept,
            "expires_at": expires_at,
            "by": (by or person).name,
        }
        record(connection, person, "make token", f"token {number}", person.area_code, detail)
    return token


def revoke_token(person: Person, number: int, by: Named | None = None) -> str:
    """End a token of a person's own, at once. Returns its name. Raises NotAllowed, NotFound."""
    _require_no_token(person)
    with warehouse.acting(person.person_id) as connection:
        name = connection.execute(text("SELECT ledger.revoke_token(:number)"), {"number": number}).scalar()
        if name is None:
            raise NotFound("no_token")
        detail = {"name": name, "by": (by or person).name}
        record(connection, person, "revoke token", f"token {number}", person.area_code, detail)
    return str(name)


def tokens(person: Person) -> list[Token]:
    """A person's own tokens, the newest first; those that were revoked are last."""
    with warehouse.acting(person.person_id) as connection:
        rows = connection.execute(
            text(
                "SELECT token, name, scopes, created_at, expires_at, last_used_at, revoked_at FROM mart.token"
                " ORDER BY revoked_at IS NOT NULL, created_at DESC"
            )
        ).all()
    return [Token(row[0], row[1], tuple(row[2]), *row[3:]) for row in rows]


def token_holder(token: str, country: Country) -> Person:
    """Who acts by a token, narrowed to its scopes. Raises NotSignedIn for one that is not good (any more)."""
    with warehouse.acting(None) as connection:
        row = connection.execute(
            text("SELECT person_id, scopes FROM ledger.token_holder(:hash)"), {"hash": _hash(token)}
        ).one_or_none()
    holder = find(row.person_id, country) if row is not None else None
    if row is None or holder is None:
        raise NotSignedIn("token_not_good")
    actions = [action for scope in row.scopes for action in ACTIONS[scope]]
    return replace(holder, narrowed_to=tuple(actions))


def offered(person: Person) -> tuple[Scope, ...]:
    """The scopes of which a person's role may do anything."""
    return tuple(scope for scope in SCOPES if set(ACTIONS[scope]) & set(person.actions))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _require(person: Person, name: str, scopes: Sequence[str], expires_at: datetime | None) -> None:
    _require_no_token(person)
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Invalid("token_name")
    for scope in scopes:
        if scope not in SCOPES:
            raise Invalid("token_scope_unknown", scope=scope, scopes=SCOPES)
        if scope not in offered(person):
            raise NotAllowed("token_scope")
    if expires_at is not None and expires_at <= datetime.now(UTC):
        raise Invalid("token_ends_before_now")


def _require_no_token(person: Person) -> None:
    """Tokens are made and revoked by somebody who signed in, never by a token."""
    if person.person_id is None or person.narrowed_to is not None:
        raise NotAllowed("token_by_token")
