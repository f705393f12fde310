"""The one secret of an installation, the keys derived from it, and files that only we can read.

The secret stays outside the database: who has a copy of the data has no key.
"""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from sala.settings import settings


def key(purpose: str) -> bytes:
    """32 bytes for one purpose, the same on every machine that has the secret."""
    return hmac.new(_secret().encode(), purpose.encode(), hashlib.sha256).digest()


def write_private(path: Path, text: str) -> None:
    """Write a file that only we can read (mode 0600), whole or not at all."""
    half_done = path.with_name(path.name + ".new")
    half_done.unlink(missing_ok=True)
    with open(os.open(half_done, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    half_done.rename(path)


def _secret() -> str:
    if given := settings().secret:
        return given.get_secret_value()
    home = settings().home
    path = home / "secret"
    if not path.exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(path, secrets.token_urlsafe(32))
    return path.read_text()
