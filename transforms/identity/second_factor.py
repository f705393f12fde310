"""The second factor of an account: a code of an application on its holder's telephone (TOTP, RFC 6238), or one of the
recovery codes that were written down. Who must have one, the country's roles.yaml says; everybody may.

The secret is sealed (AES-256-GCM) for its account by a key that is not in the database; recovery codes are kept as
keyed hashes. A code is taken once.
"""

from __future__ import annotations

import hmac
import secrets
import time
from base64 import b32encode
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, text

from countries.country import Country
from sala.errors import Conflict, NotFound, NotSignedIn, TooMany, Unavailable
from sala.secret import key
from sql import warehouse
from transforms.identity.audit import Named, record
from transforms.identity.passwords import made_up
from transforms.identity.person import SYSTEM, Person
from transforms.identity.sessions import end_sessions
from transforms.identity.throttle import Attempt, Place, forget_wrong_passwords

STEP = 30
"""Seconds for which a code of the application stands."""
RECOVERY_CODES = 10

_DRIFT = 1  # steps by which a telephone's clock may be off
_NONCE_BYTES = 12
_ANYWHERE = Place(familiar_device="second factor")
"""Wrong codes of an account count together, wherever they come from: who gets so far knows the password, so no stranger
can make the owner wait."""


@dataclass(frozen=True)
class SecondFactor:
    """That an account has one, and how many of its recovery codes are left."""

    secret: str
    codes_left: int


def must_have(person: Person, country: Country) -> bool:
    """Whether the person's role asks for one."""
    asked = person.role.second_factor if person.role else None
    return asked == "always" or (asked == "unless_sample" and not country.sample)


def must_give(person: Person, country: Country) -> bool:
    """Whether a password is not enough: the role asks for more, or the account has more."""
    return must_have(person, country) or second_factor(person) is not None


def second_factor(person: Person) -> SecondFactor | None:
    """The one of an account; None where it has none.

    Raises Unavailable for one that was sealed by another installation's secret.
    """
    with warehouse.acting(person.person_id) as connection:
        row = connection.execute(text("SELECT * FROM ledger.second_factor()")).one_or_none()
    return None if row is None else SecondFactor(_opened(bytes(row.sealed), person), row.codes_left)


def offered_secret(session_token: str) -> str:
    """The secret that an account may take as its own in a session: the same for as long as the session lasts."""
    offered = hmac.digest(key("offered second factor"), session_token.encode(), sha256)
    return b32encode(offered[:20]).decode()  # 160 bits, as RFC 4226 recommends


def enrol(person: Person, secret: str, code: str) -> list[str]:
    """Give an account the second factor whose application shows `code` now. Returns its recovery codes: this is the
    only time that they are shown.

    Raises NotSignedIn for a wrong code, TooMany, and Conflict where the account has one already.
    """
    attempt = _begin_attempt(person)
    step = _step_of(secret, code)
    if step is None:
        raise _wrong(person)
    codes = [made_up(2) for _ in range(RECOVERY_CODES)]
    with warehouse.acting(person.person_id) as connection:
        enrolled = connection.execute(
            text("SELECT ledger.enrol_second_factor(:sealed, :step, :codes)"),
            {
                "sealed": _sealed(secret, person),
                "step": step,
                "codes": [_hash(one, person) for one in codes],
            },
        ).scalar()
    if not enrolled:
        raise Conflict("second_factor_there")
    attempt.succeeded()
    return codes


def prove(person: Person, code: str) -> None:
    """Take a code of the account's application, or one of its recovery codes.

    Raises NotSignedIn for one that is wrong or was taken before, and TooMany.
    """
    attempt = _begin_attempt(person)
    if not (_take_code(person, code) or _take_recovery_code(person, code)):
        raise _wrong(person)
    attempt.succeeded()


def reset(name: str, *, by: Named = SYSTEM) -> None:
    """Take an account's second factor away, with its sessions and its wait: whoever holds it enrols anew.

    Raises NotFound for an account that is not there or has none.
    """
    with warehouse.transaction() as connection:
        if not _delete(connection, name):
            raise NotFound("no_second_factor", name=name)
        end_sessions(connection, name)
        forget_wrong_passwords(connection, name)
        record(connection, by, "reset second factor", f"account {name}")


def _delete(connection: Connection, name: str) -> bool:
    deleted = connection.execute(
        text(
            "DELETE FROM ledger.second_factor f USING ledger.person p"
            " WHERE p.person_id = f.person_id AND p.name = :name"
        ),
        {"name": name},
    )
    return bool(deleted.rowcount)


def _begin_attempt(person: Person) -> Attempt:
    attempt = Attempt(person.name, _ANYWHERE)
    try:
        attempt.begin()
    except TooMany:
        with warehouse.acting(person.person_id) as connection:
            record(
                connection,
                person,
                "second factor locked",
                "own account",
                seldom=timedelta(minutes=10),
            )
        raise
    return attempt


def _wrong(person: Person) -> NotSignedIn:
    with warehouse.acting(person.person_id) as connection:
        record(connection, person, "second factor failed", "own account")
    return NotSignedIn("wrong_code")


def _take_code(person: Person, code: str) -> bool:
    kept = second_factor(person)
    step = _step_of(kept.secret, code) if kept else None
    if step is None:
        return False
    with warehouse.acting(person.person_id) as connection:
        return bool(connection.execute(text("SELECT ledger.take_code(:step)"), {"step": step}).scalar())


def _take_recovery_code(person: Person, code: str) -> bool:
    with warehouse.acting(person.person_id) as connection:
        taken = connection.execute(
            text("SELECT ledger.take_recovery_code(:hash)"), {"hash": _hash(code, person)}
        )
        return bool(taken.scalar())


def _step_of(secret: str, code: str) -> int | None:
    """The step whose code it is, of those near now; None for a wrong code."""
    given = "".join(code.split()).encode()
    application, now = pyotp.TOTP(secret, interval=STEP), int(time.time()) // STEP
    near = range(now - _DRIFT, now + _DRIFT + 1)
    return next((n for n in near if hmac.compare_digest(application.generate_otp(n).encode(), given)), None)


def _sealed(secret: str, person: Person) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key("second factors")).encrypt(nonce, secret.encode(), _owner(person))


def _opened(sealed: bytes, person: Person) -> str:
    nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    try:
        return AESGCM(key("second factors")).decrypt(nonce, rest, _owner(person)).decode()
    except InvalidTag:
        raise Unavailable("second_factor_sealed", name=person.name) from None


def _hash(code: str, person: Person) -> bytes:
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return hmac.digest(key("recovery codes"), _owner(person) + plain.encode(), sha256)


def _owner(person: Person) -> bytes:
    """What binds a secret to its account, so that none can be put in another's place."""
    return f"person {person.person_id}: ".encode()
