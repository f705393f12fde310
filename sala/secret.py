"""The one secret of an installation, the keys derived from it, and files that only we can read.

The secret stays outside the database: who has a copy of the data has no key.
"""

import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from sala.settings import settings


def key(purpose: str) -> bytes:
    """32 bytes for one purpose, the same on every machine that has the secret."""
    return hmac.new(_secret().encode(), purpose.encode(), hashlib.sha256).digest()


def write_private(path: Path, text: str) -> None:
    """Write a file that only we can read (mode 0600), whole or not at all."""
    half_done = _half_done(path, text)
    half_done.rename(path)


def _secret() -> str:
    if given := settings().secret:
        return given.get_secret_value()
    home = settings().home
    path = home / "secret"
    if not path.exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        half_done = _half_done(path, secrets.token_urlsafe(32))
        try:
            os.link(half_done, path)
        except FileExistsError:
            pass  # another process was first, and its secret is the one
        finally:
            half_done.unlink()
    return path.read_text()


def _half_done(path: Path, text: str) -> Path:
    """The text in a file beside its final name; each writer has one of its own."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name + ".")
    with open(handle, "w") as file:
        file.write(text)
    return Path(name)
