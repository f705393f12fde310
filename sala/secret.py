"""The one secret of an installation, the keys derived from it, and files that only we can read.

The secret stays outside the database, and in SALA_KEYS outside SALA_HOME: who has a copy of the data has no key.
"""

import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from sala.errors import Unavailable
from sala.settings import settings


def key(purpose: str) -> bytes:
    """32 bytes for one purpose, the same on every machine that has the secret."""
    return hmac.new(_secret().encode(), purpose.encode(), hashlib.sha256).digest()


AIRFLOW_SERVICE = "sala_release"
"""The account of Airflow by which Sala answers for the board. Nobody is told its password."""


def airflow_service_password() -> str:
    """Of AIRFLOW_SERVICE, the same on every machine that has the secret."""
    return key("releases in airflow").hex()


def write_private(path: Path, text: str) -> None:
    """Write a file that only we can read (mode 0600), whole or not at all."""
    half_done = _half_done(path, text)
    half_done.rename(path)


def refuse_left_behind(earlier: Path, path: Path) -> None:
    """Raises Unavailable where a key would be made anew that lies where it was before SALA_KEYS was set."""
    if earlier != path and earlier.exists():
        raise Unavailable("keys_left_behind", earlier=earlier, path=path)


def _secret() -> str:
    if given := settings().secret:
        return given.get_secret_value()
    folder = settings().keys or settings().home
    path = folder / "secret"
    if not path.exists():
        refuse_left_behind(settings().home / "secret", path)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
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
