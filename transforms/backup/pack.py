"""A copy of all that was acknowledged, in one folder: database and raw files, never a key."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from sqlalchemy import Connection, text

from sala.errors import Conflict, Gone
from sql import archive, warehouse
from transforms.backup.manifest import DUMP, RAW, Manifest, write
from transforms.identity.audit import head, record
from transforms.identity.person import SYSTEM
from transforms.intake import raw_store
from transforms.intake.keys import fingerprints, newest

FILES = "SELECT DISTINCT ON (sha256) receipt, sha256 FROM ledger.submission WHERE raw_ended_at IS NULL"
COUNTRY = "SELECT code, digest FROM core.country"


@dataclass(frozen=True)
class Packed:
    """What a backup holds, and the receipts of files that the raw store no longer had."""

    manifest: Manifest
    raw_files: int
    lost: list[str]


def pack(folder: Path) -> Packed:
    """Write a backup to a folder that does not exist yet; it is there when it is whole. Sala may run meanwhile.

    Raw files are kept before they are acknowledged and the database is copied first, so the copy has every file that
    it names. Keys are not read from any folder but to seal, so none can be packed. Raises Conflict and Unavailable.
    """
    if folder.exists():
        raise Conflict("backup_exists", folder=folder)
    half_done = folder.with_name(folder.name + ".part")
    shutil.rmtree(half_done, ignore_errors=True)
    before = os.umask(0o077)  # pg_dump's file too
    try:
        half_done.mkdir(parents=True)
        packed = _packed(half_done)
        half_done.rename(folder)
    finally:
        os.umask(before)
        shutil.rmtree(half_done, ignore_errors=True)
    return packed


def _packed(folder: Path) -> Packed:
    for purpose in ("raw", "pseudonym"):
        newest(purpose)  # makes a first one, so that a restore always knows by which keys it was
    with warehouse.transaction() as connection:
        record(connection, SYSTEM, "back up", "warehouse")
    with warehouse.transaction() as connection:
        archive.stand_still(connection)
        manifest = _manifest(connection)
        archive.write(connection, folder / DUMP)
        files = connection.execute(text(FILES)).all()
    lost = [receipt for receipt, digest in files if not _copied(bytes(digest), folder / RAW)]
    write(folder, manifest)
    return Packed(manifest, len(files) - len(lost), lost)


def _manifest(connection: Connection) -> Manifest:
    country, digest = connection.execute(text(COUNTRY)).one()
    return Manifest(
        sala=version("sala"),
        at=datetime.now(UTC),
        country=country,
        country_digest=digest,
        migration=archive.migration(connection),
        keys=fingerprints(),
        audit_head=str(head(connection)),
        tables=archive.content(connection),
    )


def _copied(digest: bytes, folder: Path) -> bool:
    """Whether the raw store still had it: retention may have ended it since the database was copied."""
    try:
        sealed = raw_store.sealed(digest)
    except Gone:
        return False
    path = folder / raw_store.place(digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sealed)
    return True
