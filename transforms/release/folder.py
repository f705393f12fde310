"""A release as a folder that anybody can check: its files, who signed it, and the program that verifies both."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

from sqlalchemy import Connection, text

from sala.errors import Gone, NotFound
from transforms.release.files import File

_VERIFIER = Path(__file__).with_name("verify.py")
_README = """{release}, version {version}

*.csv              the figures; datapackage.json describes them (Frictionless)
definitions.json   what indicators, tables, columns and footnotes mean
notes.json         note, change log, restatements, and what committees had endorsed
areas.csv          the areas and their names
manifest.json      the SHA-256 of each file; its own is what the board signed
signatures.json    the entries of the audit log by which it was signed and published
verify.py          checks all of it: python verify.py
"""


def folder_files(connection: Connection, release: str) -> list[File]:
    """Every file of the folder, as far as the session may see the release. Raises Refusal where it may not, where it is
    not public yet, or no longer."""
    row = connection.execute(
        text("SELECT state, version, concealed FROM mart.release WHERE release = :release"),
        {"release": release},
    ).one_or_none()
    if row is None or row.state in ("draft", "approved", "discarded"):
        raise NotFound("unknown_release", release=release)
    found = connection.execute(
        text(
            "SELECT name, media_type, content FROM mart.release_file WHERE release = :release ORDER BY name"
        ),
        {"release": release},
    )
    files = [File(name, media, bytes(content)) for name, media, content in found]
    if not files:
        raise Gone("release_concealed", release=release)
    seals = connection.execute(
        text("SELECT * FROM core.release_seals(:release)"), {"release": release}
    ).mappings()
    signatures = json.dumps([dict(seal) for seal in seals], ensure_ascii=False, indent=1)
    readme = _README.format(release=release, version=row.version)
    return [
        *files,
        File("signatures.json", "application/json", signatures.encode() + b"\n"),
        File("verify.py", "text/x-python", _VERIFIER.read_bytes()),
        File("README.txt", "text/plain", readme.encode()),
    ]


def release_file(connection: Connection, release: str, name: str) -> File:
    """One file of it, also of a draft that the session may preview. Raises NotFound."""
    row = connection.execute(
        text(
            "SELECT name, media_type, content FROM mart.release_file WHERE release = :release AND name = :name"
        ),
        {"release": release, "name": name},
    ).one_or_none()
    if row is not None:
        return File(row.name, row.media_type, bytes(row.content))
    for file in folder_files(connection, release):
        if file.name == name:
            return file
    raise NotFound("unknown_release_file", release=release, file=name)


def write_folder(files: list[File], folder: Path) -> None:
    """Write the files into a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        (folder / file.name).write_bytes(file.content)


def zipped(release: str, files: list[File]) -> bytes:
    """The folder as a ZIP archive, the same bytes each time."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in files:
            packed.writestr(zipfile.ZipInfo(f"{release}/{file.name}"), file.content, zipfile.ZIP_DEFLATED)
    return archive.getvalue()
