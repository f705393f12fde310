"""Every file, however it comes, is submitted here.

The raw bytes are kept, sealed, under their SHA-256 before anything looks at them; then one transaction writes the
ledger row and wakes the watcher. What comes after may fail or wait: the sender has a receipt and nothing is lost.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, text

from sala.errors import Conflict
from sala.events import happened
from sql import warehouse
from transforms.identity.filing import must_file
from transforms.identity.person import Person
from transforms.intake import raw_store as store
from transforms.intake.announcement import announce
from transforms.intake.file_name import kept_name

# The same file again from the same sender is taken in again only where it was withdrawn, or where that is asked for in
# so many words: last month's file sent by mistake must not undo a correction. Where nothing of it stands it is judged
# anew under another dataset. From anybody else it is a submission of its own.
TAKE_IN = """
    INSERT INTO ledger.submission AS s
        (receipt, sha256, filename, size, dataset, submitted_by, via, received_at, state, because,
         person_id, unbound, narrowed_to, from_area_id, from_administrator)
    SELECT :receipt, :digest, :filename, :size, :dataset, :by, :via, :at, 'received', :because,
           p.person_id, :unbound, :narrowed_to, p.area_id, p.administrator
    FROM (SELECT 1) AS one
    LEFT JOIN ledger.person p ON p.person_id = :person_id
    ON CONFLICT (sha256, coalesce(person_id, 0), unbound) DO UPDATE
    SET state = 'received', dataset = excluded.dataset, handed_in_at = excluded.received_at,
        submitted_by = excluded.submitted_by, via = excluded.via, because = excluded.because, attempts = 0,
        raw_ended_at = NULL, turn = nextval('ledger.turn'), narrowed_to = excluded.narrowed_to,
        from_area_id = excluded.from_area_id, from_administrator = excluded.from_administrator
    WHERE s.state = 'withdrawn'
       OR :again AND s.state <> 'received'
       OR s.state <> 'loaded' AND excluded.dataset IS DISTINCT FROM (
           SELECT c.detail ->> 'dataset' FROM ledger.state_change c
           WHERE c.submission_id = s.submission_id AND c.detail ? 'via' ORDER BY c.at DESC LIMIT 1)
    RETURNING submission_id
"""
_LOADED_AS = "SELECT dataset FROM ledger.submission WHERE receipt = :receipt AND state = 'loaded'"


@dataclass(frozen=True)
class Receipt:
    """What the sender gets. `known` is true where the same bytes had come before and still stand: nothing changed."""

    receipt: str
    filename: str
    known: bool


def submit(
    raw: bytes,
    filename: str,
    *,
    by: Person,
    via: str,
    dataset: str | None = None,
    received_at: datetime | None = None,
    because: str | None = None,
    again: bool = False,
) -> Receipt:
    """Take in one file. The same bytes twice from the same sender give the same receipt and change nothing, unless
    they were withdrawn, `again` says that they are to replace what has replaced them, or they are sent as another
    dataset and nothing of them was loaded.

    `via` says which way it came (page, api, cli, inbox, form, sample, country). `received_at` is now unless a sample
    round is being played; `because` is the sender's reason, for a correction. Raises NotAllowed where the sender's role
    files nothing, or nothing of the dataset; Conflict where they stand as another dataset.
    """
    must_file(by, dataset)
    digest = hashlib.sha256(raw).digest()
    store.keep(raw, digest)
    receipt = receipt_of(digest, by)
    with warehouse.transaction() as connection:
        taken = connection.execute(
            text(TAKE_IN),
            {
                "receipt": receipt,
                "digest": digest,
                "filename": kept_name(filename, receipt, dataset),
                "size": len(raw),
                "dataset": dataset,
                "by": by.name or "visitor",
                "via": via,
                "person_id": by.person_id,
                "unbound": by.unbound,
                "narrowed_to": None if by.narrowed_to is None else list(by.narrowed_to),
                "at": received_at or datetime.now(UTC),
                "because": because,
                "again": again,
            },
        ).scalar()
        if taken is not None:
            detail = {"by": by.name or "visitor", "via": via, "again": again, "dataset": dataset}
            record_state(connection, taken, "received", json.dumps(detail))
        elif dataset:
            loaded_as = connection.execute(text(_LOADED_AS), {"receipt": receipt}).scalar()
            if loaded_as not in (None, dataset):
                raise Conflict("loaded_as_other", receipt=receipt, loaded=loaded_as, dataset=dataset)
    if taken is not None:
        happened("received", receipt=receipt, dataset=dataset, via=via, bytes=len(raw))
        announce()
    return Receipt(receipt, filename, known=taken is None)


def receipt_of(digest: bytes, by: Person) -> str:
    """Twelve letters and digits that can be read out over the telephone, from the file's SHA-256 and its sender.

    One of the bytes alone would tell a second sender that they had come before.
    """
    if not by.unbound:
        digest = hashlib.sha256(b"%s of %d" % (digest, by.person_id or 0)).digest()
    code = base64.b32encode(digest[:8]).decode()[:12]
    return "-".join((code[:4], code[4:8], code[8:]))


def record_state(connection: Connection, submission_id: int, state: str, detail: str | None = None) -> None:
    """One more line in the submission's history; `detail` is JSON."""
    connection.execute(
        text(
            "INSERT INTO ledger.state_change (submission_id, state, detail)"
            " VALUES (:id, :state, CAST(:detail AS jsonb))"
        ),
        {"id": submission_id, "state": state, "detail": detail},
    )
