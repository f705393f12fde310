"""The door: every file, however it comes, is taken in here.

The raw bytes are kept for ever under their SHA-256 before anything looks at them; then one transaction writes the
ledger row and wakes the watcher. What comes after may fail or wait: the sender has a receipt and nothing is lost.
"""

from __future__ import annotations

import base64
import hashlib
import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, text

from sql import warehouse
from sql.embedded import home

CHANNEL = "sala_received"


@dataclass(frozen=True)
class Receipt:
    """What the sender gets. `known` is true where the same bytes had come before: nothing changed."""

    receipt: str
    filename: str
    known: bool


def submit(
    raw: bytes,
    filename: str,
    *,
    by: str,
    via: str,
    dataset: str | None = None,
    received_at: datetime | None = None,
) -> Receipt:
    """Take in one file. The same bytes twice give the same receipt and change nothing.

    `via` says which way it came (page, api, cli, inbox, sample); `received_at` is now unless a sample round
    is being played.
    """
    digest = hashlib.sha256(raw).digest()
    _keep(raw, digest)
    receipt = receipt_of(digest)
    with warehouse.transaction() as connection:
        inserted = connection.execute(
            text(
                "INSERT INTO ledger.submission"
                " (receipt, sha256, filename, size, dataset, submitted_by, via, received_at, state)"
                " VALUES (:receipt, :digest, :filename, :size, :dataset, :by, :via, :at, 'received')"
                " ON CONFLICT (sha256) DO NOTHING RETURNING submission_id"
            ),
            {
                "receipt": receipt,
                "digest": digest,
                "filename": filename,
                "size": len(raw),
                "dataset": dataset,
                "by": by,
                "via": via,
                "at": received_at or datetime.now(UTC),
            },
        ).scalar()
        if inserted is not None:
            note_state(connection, inserted, "received")
            connection.execute(
                text("SELECT pg_notify(:channel, :receipt)"), {"channel": CHANNEL, "receipt": receipt}
            )
    return Receipt(receipt, filename, known=inserted is None)


def receipt_of(digest: bytes) -> str:
    """Twelve letters and digits that can be read out over the telephone, from the file's SHA-256."""
    code = base64.b32encode(digest[:8]).decode()[:12]
    return "-".join((code[:4], code[4:8], code[8:]))


def raw_path(digest: bytes) -> Path:
    name = digest.hex()
    return home() / "raw" / name[:2] / name


def note_state(connection: Connection, submission_id: int, state: str, detail: str | None = None) -> None:
    """One more line in the submission's history; `detail` is JSON."""
    connection.execute(
        text(
            "INSERT INTO ledger.state_change (submission_id, state, detail)"
            " VALUES (:id, :state, CAST(:detail AS jsonb))"
        ),
        {"id": submission_id, "state": state, "detail": detail},
    )


def _keep(raw: bytes, digest: bytes) -> None:
    """Write the bytes so that a crash leaves either the whole file or none of it."""
    path = raw_path(digest)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as partial:
        partial.write(raw)
        partial.flush()
        os.fsync(partial.fileno())
    os.replace(partial.name, path)
