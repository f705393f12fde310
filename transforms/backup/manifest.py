"""What a backup's folder holds, and by which keys: written last, and looked at before anything is put back.

FOLDER/manifest.json     of which Sala, country, keys and moment; the rows of each table and a hash of them
FOLDER/warehouse.dump    the database (pg_dump)
FOLDER/raw/…             raw files, sealed as they lie in the raw store
FOLDER/SHA256SUMS        of every file above, as `sha256sum --check` reads it
FOLDER/seal              of SHA256SUMS, by the key that seals raw files: nobody without it made or changed a file
"""

from __future__ import annotations

import hashlib
import hmac
import os
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from sala.errors import Conflict, Invalid
from sql.archive import Content
from transforms.intake.keys import Key, fingerprints, newest, of_version
from transforms.intake.keys import folder as keys_folder

MANIFEST, DUMP, RAW, SUMS, SEAL = "manifest.json", "warehouse.dump", "raw", "SHA256SUMS", "seal"


class Manifest(BaseModel):
    """Of which Sala, country and keys a backup is, and what its warehouse held."""

    model_config = ConfigDict(frozen=True)

    sala: str
    at: datetime
    country: str
    country_digest: str
    migration: str
    keys: dict[str, str]
    audit_head: str
    tables: dict[str, Content]


def write(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, the sums of all files and their seal, and have everything on the disk."""
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
    sums = "".join(f"{_sum(folder / name)}  {name}\n" for name in _names(folder))
    (folder / SUMS).write_text(sums, encoding="utf-8")
    key = newest("raw")
    (folder / SEAL).write_text(f"{key.version} {_seal(key, sums)}\n", encoding="utf-8")
    for path in (*folder.rglob("*"), folder, folder.parent):
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def read(folder: Path) -> Manifest:
    """The manifest of a backup that is whole, written with keys of this installation.

    Raises Invalid where it is none or not as it was written, and Conflict where its keys are missing or others.
    """
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
        sums = (folder / SUMS).read_text(encoding="utf-8")
        version, seal = (folder / SEAL).read_text(encoding="utf-8").split()
        key_version = int(version)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise Invalid("no_backup", folder=folder) from None
    _refuse_other_keys(manifest)
    if not hmac.compare_digest(seal, _seal(of_version("raw", key_version), sums)):
        raise Invalid("backup_changed", folder=folder, files=[SUMS])
    written = {name: hashed for hashed, name in (line.split("  ", 1) for line in sums.splitlines())}
    names = set(_names(folder))
    changed = {name for name, hashed in written.items() if name not in names or _sum(folder / name) != hashed}
    if changed or names != written.keys():
        raise Invalid("backup_changed", folder=folder, files=sorted(changed | (names - written.keys()))[:5])
    return manifest


def _refuse_other_keys(manifest: Manifest) -> None:
    ours = fingerprints()
    if missing := sorted(manifest.keys.keys() - ours.keys()):
        raise Conflict("backup_keys_missing", keys=missing, folder=keys_folder())
    if others := sorted(name for name, print in manifest.keys.items() if ours[name] != print):
        raise Conflict("backup_keys_others", keys=others, folder=keys_folder())


def _names(folder: Path) -> list[str]:
    """Every file of the folder that the sums name."""
    files = [str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()]
    return sorted(set(files) - {SUMS, SEAL})


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _seal(key: Key, sums: str) -> str:
    return hmac.new(key.secret, b"backup\n" + sums.encode(), "sha256").hexdigest()
