"""The audit log: every state change, in a chain of which no link can be changed or taken out unnoticed.

An entry's seal is the SHA-256 over the seal before it and the entry's own content. The seals are put on when the
transaction commits, one after the other.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal, Protocol

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from sala.errors import Invalid, NotAllowed, Refusal
from sala.trace import discreet
from sala.translation.translator import FALLBACK
from sql import warehouse

_OF_SESSION = "SELECT ledger.log_action(:action, :subject, :area_code, CAST(:detail AS jsonb), :seldom)"
_OF_SALA = "SELECT ledger.log_for(:who, :action, :subject, :area_code, CAST(:detail AS jsonb))"
_log = discreet(logging.getLogger(__name__))
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
class Head:
    """The last entry at some time, and its seal in hexadecimal; written NUMBER:SEAL."""

    number: int
    seal: str

    def __str__(self) -> str:
        return f"{self.number}:{self.seal}"


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
    seldom: timedelta | None = None,
) -> None:
    """Append an entry, in the transaction of what it tells of: both are there, or neither.

    Who did it, the database knows of a transaction that acts for a person; Sala's own names them here. `detail` holds
    codes, counts and reasons; never the values of rows. Long texts in it are cut. `seldom`: nothing where the same
    person has left the same entry within that time.
    """
    own = connection.engine is warehouse.engine()
    connection.execute(
        text(_OF_SALA if own else _OF_SESSION),
        {
            "who": str(person.person_id or ("" if person.name else "visitor")),
            "seldom": seldom,
            "action": action,
            "subject": subject,
            "area_code": area_code,
            "detail": json.dumps(dict(detail or {}), ensure_ascii=False, default=str),
        },
    )


def record_refusal(
    begun: AbstractContextManager[Connection], person: Named, refusal: Refusal, request_line: str
) -> None:
    """Append that a permission was refused, in a transaction of its own (`begun`), because that of the act is undone.

    `request_line` is what was asked for. Of persons without an account one entry a minute and refusal is enough;
    whoever is signed in leaves one for each thing they ask for.
    """
    if not isinstance(refusal, NotAllowed):
        return
    known = person.person_id is not None
    subject = f"{refusal.key}: {request_line}" if known else refusal.key
    detail = {"asked": request_line, "answer": refusal.text(FALLBACK)}
    every = timedelta(seconds=10) if known else timedelta(minutes=1)
    try:
        with begun as connection:
            record(connection, person, "refused", subject, None, detail, every)
    except (Refusal, DBAPIError):
        _log.exception("a refusal could not be written down: %s", subject)


def head(connection: Connection) -> Head:
    """The last entry and its seal; number 0 where there is none."""
    row = connection.execute(
        text("SELECT audit_id, seal FROM ledger.audit ORDER BY audit_id DESC LIMIT 1")
    ).one_or_none()
    return Head(row[0], bytes(row[1]).hex()) if row else Head(0, FIRST.hex())


def verify(connection: Connection, noted: Iterable[Head] = ()) -> Verified:
    """Walk the chain from its first entry to its last.

    `noted` are heads written down elsewhere at earlier times. Without them, a chain whose end was cut off, or that was
    made anew from some entry on, looks whole.
    """
    seal, number = FIRST, 0
    missing = sorted({one for one in noted if one != Head(0, FIRST.hex())}, key=lambda one: one.number)
    with connection.execute(text(_ENTRIES).execution_options(stream_results=True)) as rows:
        for audit_id, previous, sealed, content in rows:
            if audit_id != number + 1:
                return Verified(number, seal.hex(), Broken(number + 1, "missing"))
            if bytes(previous) != seal:
                return Verified(number, seal.hex(), Broken(audit_id, "unlinked"))
            seal, number = hashlib.sha256(seal + content.encode()).digest(), audit_id
            if bytes(sealed) != seal:
                return Verified(number, seal.hex(), Broken(audit_id, "altered"))
            while missing and missing[0] == Head(number, seal.hex()):
                del missing[0]
            if missing and missing[0].number <= number:
                break
    if missing:
        return Verified(number, seal.hex(), Broken(missing[0].number, "shortened"))
    return Verified(number, seal.hex())


def noted_heads(noted: str) -> list[Head]:
    """The head that `NUMBER:SEAL` names, or those of a file with one at the beginning of each line. Raises Invalid."""
    if re.fullmatch(r"\d+:[0-9a-fA-F]{64}", noted):
        number, _, seal = noted.partition(":")
        return [Head(int(number), seal.lower())]
    lines = Path(noted).read_text(encoding="utf-8").split("\n") if Path(noted).is_file() else [noted]
    heads = [line.split(maxsplit=1)[0] for line in lines if line.strip()]
    for one in heads:
        if not re.fullmatch(r"\d+:[0-9a-fA-F]{64}", one):
            raise Invalid("audit_entry", entry=one)
    return [head for one in heads for head in noted_heads(one)]


def note_head(file: Path, head: Head, at: datetime) -> None:
    """Append a head and when it was noted to a file, a line each. Raises OSError."""
    with file.open("a", encoding="utf-8") as noted:
        noted.write(f"{head} {at:%Y-%m-%dT%H:%M:%SZ}\n")
