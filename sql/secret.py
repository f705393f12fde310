"""The one secret of an installation, and the keys derived from it.

SALA_SECRET, or what SALA_HOME/secret keeps. It stays outside the database: who has a copy of the data has no key.
"""

import hashlib
import hmac
import os
import secrets

from sql.place import home, write_private


def key(purpose: str) -> bytes:
    """32 bytes for one purpose, the same on every machine that has the secret."""
    return hmac.new(_secret().encode(), purpose.encode(), hashlib.sha256).digest()


def _secret() -> str:
    given = os.environ.get("SALA_SECRET")
    if given:
        return given
    path = home() / "secret"
    if not path.exists():
        home().mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(path, secrets.token_urlsafe(32))
    return path.read_text()
