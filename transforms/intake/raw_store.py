"""Raw files as they came, under the SHA-256 of their bytes: sealed, on local disk or in S3-compatible storage.

    SALA_RAW_URL                               left out: SALA_HOME/raw
    SALA_RAW_URL=s3://bucket/folder            with the usual AWS_ variables, AWS_ENDPOINT_URL among them

What came through the door is sealed (AES-256-GCM) before it is written: whether a file names persons is known only
once it has been read, and one that cannot be read may name them too. The SHA-256 of the content is sealed with it,
so that a file cannot be put in another's place.
"""

from __future__ import annotations

import errno
import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import fsspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from fsspec.implementations.local import LocalFileSystem

from sala.errors import Full, Gone
from sala.settings import settings
from transforms.intake.keys import newest, of_version

MARK = b"sala"
VERSION_BYTES = 2
NONCE_BYTES = 12
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
HEAD = len(MARK) + VERSION_BYTES + NONCE_BYTES


def keep(raw: bytes, digest: bytes) -> None:
    """Write a file's bytes, sealed, so that a crash leaves either all of them or none. Raises Full.

    Bytes that are there already are written once more: how long it takes must not tell that somebody had sent them.
    """
    _store().write(digest, _sealed(raw, digest))


def fetch(digest: bytes) -> bytes:
    """The bytes as they came. Raises Gone where they are not there, or are not what was written."""
    return _opened(_store().read(digest), digest)


def sealed(digest: bytes) -> bytes:
    """A file as it lies in the store, for a copy that needs no key. Raises Gone where it is not there."""
    return _store().read(digest)


def put_back(digest: bytes, sealed: bytes) -> None:
    """Write what `sealed` gave. Raises Gone where it is not that file's, and Full."""
    _opened(sealed, digest)
    _store().write(digest, sealed)


def place(digest: bytes) -> str:
    """Where a file lies below the store's root, in the store and in copies of it."""
    name = digest.hex()
    return f"{name[:2]}/{name}.sealed"


def end(digest: bytes) -> bool:
    """Delete a file's bytes for good. Returns whether they were there."""
    store = _store()
    if there := store.has(digest):
        store.delete(digest)
    return there


def _sealed(raw: bytes, digest: bytes) -> bytes:
    key, nonce = newest("raw"), secrets.token_bytes(NONCE_BYTES)
    head = MARK + key.version.to_bytes(VERSION_BYTES) + nonce
    return head + AESGCM(key.secret).encrypt(nonce, raw, digest)


def _opened(sealed: bytes, digest: bytes) -> bytes:
    version = int.from_bytes(sealed[len(MARK) : len(MARK) + VERSION_BYTES])
    try:
        key = of_version("raw", version)
        return AESGCM(key.secret).decrypt(sealed[HEAD - NONCE_BYTES : HEAD], sealed[HEAD:], digest)
    except InvalidTag:
        raise Gone("raw_sealed", digest=digest.hex(), version=version) from None


@dataclass(frozen=True)
class _Store:
    """Where sealed files lie: any file system that fsspec knows."""

    files: fsspec.AbstractFileSystem
    root: str

    def has(self, digest: bytes) -> bool:
        return bool(self.files.exists(self._path(digest)))

    def read(self, digest: bytes) -> bytes:
        try:
            return bytes(self.files.cat_file(self._path(digest)))
        except FileNotFoundError:
            raise Gone("raw_missing", digest=digest.hex(), place=self.root) from None

    def write(self, digest: bytes, sealed: bytes) -> None:
        path = self._path(digest)
        if isinstance(self.files, LocalFileSystem):
            _write_whole(Path(path), sealed)
        else:
            self.files.pipe_file(path, sealed)  # an object appears when it is complete

    def delete(self, digest: bytes) -> None:
        self.files.rm_file(self._path(digest))

    def _path(self, digest: bytes) -> str:
        return str(PurePosixPath(self.root, place(digest)))


def _store() -> _Store:
    # not listings of yesterday: another process may have written since
    files, root = fsspec.url_to_fs(
        settings().raw_url or str(settings().home / "raw"), use_listings_cache=False
    )
    return _Store(files, root)


def _write_whole(path: Path, content: bytes) -> None:
    """To disk before it has its name; the folder as well, for it holds the name. Raises Full, leaving nothing."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            _write_named(folder, path, content)
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        if error.errno in NO_ROOM:
            raise Full("disk_full") from error
        raise


def _write_named(folder: int, path: Path, content: bytes) -> None:
    """A kill leaves nothing either where the file system knows files without a name."""
    try:
        descriptor = os.open(path.parent, os.O_TMPFILE | os.O_WRONLY, 0o600)
    except (AttributeError, OSError):
        _write_and_rename(path, content)
        return
    with os.fdopen(descriptor, "wb") as unnamed:
        unnamed.write(content)
        unnamed.flush()
        os.fsync(descriptor)
        with suppress(FileExistsError):  # somebody else has just brought the same
            # with a folder named, Python follows the link, and only then
            os.link(f"/proc/self/fd/{descriptor}", path.name, dst_dir_fd=folder, follow_symlinks=True)


def _write_and_rename(path: Path, content: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as partial:
        try:
            partial.write(content)
            partial.flush()
            os.fsync(partial.fileno())
            os.replace(partial.name, path)
        except BaseException:
            os.unlink(partial.name)
            raise
