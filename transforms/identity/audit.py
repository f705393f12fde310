"""The audit log: every state change, in a chain of which no link can be changed or taken out unnoticed.

An entry's seal is the SHA-256 over the seal before it and the entry's own content. The seals are put on when the
transaction commits, one after the other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from sqlalchemy import Connection, text

from sala.errors import Invalid

FIRST = bytes(32)  # what precedes the first entry

Kind = Literal["missing", "altered", "unlinked", "shortened"]
WORDS: dict[Kind, str] = {
    "missing": "entry {id} is missing",
    "altered": "entry {id} was altered: its content does not give its seal",
    "unlinked": "entry {id} does not follow from the one before it: one of the two was replaced",
    "shortened": "the chain was cut or made anew: it no longer holds entry {id} with the seal that was noted",
}

# The content is put together here as well as in ledger.audited, which somebody could have changed.
_ENTRIES = """
SELECT audit_id, previous, seal,
       jsonb_build_array(
           audit_id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), person_id, person,
           action, subject, area_code, detail)::text AS content
FROM ledger.audit
ORDER BY audit_id
"""


class Named(Protocol):
    """Who did something: a person, or Sala itself without a number."""

    @property
    def person_id(self) -> int | None:
        """Their number in `ledger.person`; None for Sala itself."""
        ...

    @property
    def name(self) -> str:
        """The name that the log shows."""
        ...


@dataclass(frozen=True)
class Broken:
    """The first link that does not hold."""

    audit_id: int
    kind: Kind

    def __str__(self) -> str:
        return WORDS[self.kind].format(id=self.audit_id)


@dataclass(frozen=True)
class Verified:
    """How many entries there are, the seal of the last one, and the first broken link if there is one."""

    entries: int
    head: str
    broken: Broken | None = None


def record(
    connection: Connection,
    person: Named,
    action: str,
    subject: str,
    area_code: str | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Append an entry, in the transaction of what it tells of: both are there, or neither.

    `detail` holds codes, counts and reasons; never the values of rows.
    """
    connection.execute(
        text(
            "SELECT ledger.log_action(:person_id, :person, :action, :subject, :area_code, CAST(:detail AS jsonb))"
        ),
        {
            "person_id": person.person_id,
            "person": person.name,
            "action": action,
            "subject": subject,
            "area_code": area_code,
            "detail": json.dumps(dict(detail or {}), ensure_ascii=False, default=str),
        },
    )


def verify(connection: Connection, noted: tuple[int, str] | None = None) -> Verified:
    """Walk the chain from its first entry to its last.

    `noted` is the number and seal (hexadecimal) of an entry written down elsewhere at an earlier time. Without
    it, a chain whose end was cut off, or that was made anew from some entry on, looks whole.
    """
    seal, number = FIRST, 0
    wanted = noted[0] if noted else 0
    seal_of_noted = ""
    with connection.execute(text(_ENTRIES).execution_options(stream_results=True)) as rows:
        for audit_id, previous, sealed, content in rows:
            if audit_id != number + 1:
                return Verified(number, seal.hex(), Broken(number + 1, "missing"))
            if bytes(previous) != seal:
                return Verified(number, seal.hex(), Broken(audit_id, "unlinked"))
            seal, number = hashlib.sha256(seal + content.encode()).digest(), audit_id
            if bytes(sealed) != seal:
                return Verified(number, seal.hex(), Broken(audit_id, "altered"))
            if number == wanted:
                seal_of_noted = seal.hex()
    if noted and seal_of_noted != noted[1].lower():
        return Verified(number, seal.hex(), Broken(wanted, "shortened"))
    return Verified(number, seal.hex())


def earlier(noted: str) -> tuple[int, str]:
    """The entry that `NUMBER:SEAL` names. Raises Invalid."""
    number, _, seal = noted.partition(":")
    if not number.isdigit() or len(seal) != 64:
        raise Invalid("audit_entry", entry=noted)
    return int(number), seal
