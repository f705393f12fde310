"""Keys that no database holds: one seals what is kept of files, one makes pseudonyms of persons.

    SALA_KEYS, or else SALA_HOME/keys:
        raw-1, pseudonym-1                     32 random bytes each, made at first use, readable by the owner alone
    SALA_RAW_KEY, SALA_PSEUDONYM_KEY           or so given, in base64 (version 1)

To change the sealing key put `raw-2` beside `raw-1`: the newest seals, the older ones still open. The pseudonym key is
changed by `sala rotate-key`, which writes every list under the new one; the warehouse knows which is in use.
Lost keys open nothing: keep a copy of the folder, and never beside the data.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from sala.errors import Unavailable
from sala.secret import refuse_left_behind
from sala.settings import settings

Purpose = Literal["raw", "pseudonym"]
BYTES = 32


@dataclass(frozen=True)
class Key:
    """32 secret bytes of one purpose; a later version replaces an earlier one, which still opens what it sealed."""

    version: int
    secret: bytes = field(repr=False)


def newest(purpose: Purpose) -> Key:
    """The key to use now. The first one is made when there is none."""
    if given := _given(purpose):
        return given
    versions = [int(path.name.split("-")[1]) for path in _files(purpose)]
    return of_version(purpose, max(versions)) if versions else made(purpose)


def of_version(purpose: Purpose, version: int) -> Key:
    """The key of one version. Raises Unavailable where it is lost."""
    given = _given(purpose)
    if given and version == given.version:
        return given
    path = folder() / f"{purpose}-{version}"
    if not path.exists():
        raise Unavailable("key_missing", path=path)
    return Key(version, _checked(path.read_bytes(), str(path)))


def fingerprints() -> dict[str, str]:
    """Every key that there is, `raw-1` and so on, with a text that tells it from others and nothing about it."""
    marks = {}
    for purpose in get_args(Purpose):
        versions = {int(path.name.split("-")[1]) for path in _files(purpose)}
        for version in sorted(versions | ({1} if _given(purpose) else set())):
            secret = of_version(purpose, version).secret
            marks[f"{purpose}-{version}"] = hmac.digest(secret, b"fingerprint", "sha256")[:8].hex()
    return marks


def folder() -> Path:
    """SALA_KEYS, else SALA_HOME/keys, made with the first key; not needed where the keys are settings."""
    return settings().keys or settings().home / "keys"


def _files(purpose: Purpose) -> list[Path]:
    return [path for path in folder().glob(f"{purpose}-*") if path.name.split("-")[1].isdigit()]


def _given(purpose: Purpose) -> Key | None:
    name = f"SALA_{purpose.upper()}_KEY"
    written = settings().raw_key if purpose == "raw" else settings().pseudonym_key
    if written is None:
        return None
    try:
        return Key(1, _checked(base64.b64decode(written.get_secret_value(), validate=True), name))
    except binascii.Error:
        raise Unavailable("key_not_base64", name=name, bytes=BYTES) from None


def _checked(secret: bytes, where: str) -> bytes:
    if len(secret) != BYTES:
        raise Unavailable("key_size", name=where, given=len(secret), bytes=BYTES)
    return secret


def made(purpose: Purpose, version: int = 1) -> Key:
    """A new key. Of two processes that make it at once one wins, and both use the winner's."""
    path = folder() / f"{purpose}-{version}"
    for earlier in (settings().home / "keys").glob(f"{purpose}-*"):
        refuse_left_behind(earlier, folder() / earlier.name)
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    partial = folder() / f".{purpose}-{os.getpid()}-{secrets.token_hex(4)}"
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(partial, path)
    except FileExistsError:
        pass
    finally:
        partial.unlink()
    return of_version(purpose, version)
