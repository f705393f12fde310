"""A backup comes back: looked at as a whole before anything is touched, and compared with its manifest afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text

from countries.country import Country
from sala.errors import Conflict, Invalid
from sql import archive, deploy, warehouse
from transforms.backup.manifest import DUMP, RAW, Manifest
from transforms.country.load_country import load_country
from transforms.identity.audit import Verified, noted_heads, record, verify
from transforms.identity.person import SYSTEM
from transforms.intake import raw_store
from transforms.intake.retention import end_raw_files

HOLDS = "SELECT EXISTS (SELECT FROM ledger.submission) OR EXISTS (SELECT FROM ledger.person)"
DIGESTS = "SELECT DISTINCT sha256 FROM ledger.submission"
WITHOUT_PASSWORD = "SELECT name FROM ledger.person WHERE login IS NOT NULL AND active ORDER BY name"


@dataclass(frozen=True)
class Restored:
    """What came back, what has ended since, and whose database logins wait for a password."""

    rows: int
    raw_files: int
    ended: list[str]
    other_country_folder: bool
    without_login: list[str]
    audit: Verified


def restore(folder: Path, manifest: Manifest, country: Country, replace: bool = False) -> Restored:
    """Put a backup whose manifest was read in the place of what the warehouse holds: of nothing, unless `replace`.

    Raises Conflict where country or version do not fit or the warehouse holds something, Invalid where something else
    came back, and Unavailable where the server will not. The database comes back in one transaction; before it nothing
    is changed but raw files beside the others.
    """
    if manifest.country != country.code:
        raise Conflict("backup_country", written=manifest.country, named=country.code, folder=country.folder)
    archive.refuse_newer(manifest.migration)
    deploy.migrate()  # roles, and a warehouse to look into
    with warehouse.transaction() as connection:
        if not replace and connection.execute(text(HOLDS)).scalar():
            raise Conflict("restore_not_empty")
        before = _digests(connection)
    raw = sorted((folder / RAW).rglob("*.sealed"))
    for path in raw:
        raw_store.put_back(bytes.fromhex(path.stem), path.read_bytes())
    with warehouse.engine().connect() as connection:
        archive.put_in_place(connection, folder / DUMP, manifest.migration)
    _compare(manifest)
    return _settled(manifest, country, before, len(raw))


def _compare(manifest: Manifest) -> None:
    with warehouse.transaction() as connection:
        content = archive.content(connection)
    differing = [table for table in manifest.tables if content.get(table) != manifest.tables[table]]
    if differing:
        raise Invalid("restore_differs", tables=differing)


def _settled(manifest: Manifest, country: Country, before: set[bytes], raw_files: int) -> Restored:
    """Bring what came back to this version and to today: rights, country folder, retention, the audit log."""
    deploy.migrate()
    load_country(country)
    with warehouse.transaction() as connection:
        digest = connection.execute(text("SELECT digest FROM core.country")).scalar()
        for orphan in before - _digests(connection):
            raw_store.end(orphan)
        logins = [str(name) for name in connection.execute(text(WITHOUT_PASSWORD)).scalars()]
        connection.execute(text("ANALYZE"))
        record(connection, SYSTEM, "restore", f"backup of {manifest.at:%Y-%m-%d %H:%M:%S}Z")
    ended = end_raw_files(country)
    with warehouse.transaction() as connection:
        audit = verify(connection, noted_heads(manifest.audit_head))
    if audit.broken:
        raise Conflict("audit_broken", reason=audit.broken)
    return Restored(
        sum(content.rows for content in manifest.tables.values()),
        raw_files,
        ended,
        digest != manifest.country_digest,
        logins,
        audit,
    )


def _digests(connection: Connection) -> set[bytes]:
    return {bytes(digest) for digest in connection.execute(text(DIGESTS)).scalars()}
