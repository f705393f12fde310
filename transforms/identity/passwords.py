"""Which passwords are good enough, and how they are kept: argon2id, never as they are."""

import re
import secrets
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from sala.errors import Invalid

SHORTEST, LONGEST = 12, 200
_FEWEST_DIFFERENT = 5
_HASHER = PasswordHasher(
    time_cost=2, memory_cost=19 * 1024, parallelism=1
)  # the least that OWASP asks for: 20 ms
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))

# Words that people begin with when they are asked for something long. Digits and marks around one do not help.
_COMMON = frozenset(Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8").split())


def require_good(password: str, name: str) -> None:
    """Raises Invalid for a password that is too easily guessed, or too long."""
    if len(password) < SHORTEST:
        raise Invalid("password_short", count=SHORTEST)
    if len(password) > LONGEST:
        raise Invalid("password_long", count=LONGEST)
    bare = password.casefold()
    if name.casefold() in bare or bare in name.casefold():
        raise Invalid("password_name")
    if _is_common(bare):
        raise Invalid("password_common")


def _is_common(bare: str) -> bool:
    letters = re.sub(r"[\W\d_]+", "", bare)
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", bare)
    halves = {core[: len(core) // 2]} if core[: len(core) // 2] * 2 == core else set()
    digits_only = not letters
    return bool(_COMMON & {letters, core, bare, *halves}) or len(set(bare)) < _FEWEST_DIFFERENT or digits_only


def hash_of(password: str) -> str:
    """The argon2id hash, with its salt and costs, as text; different each time."""
    return _HASHER.hash(password)


def fits(password: str, hashed: str | None) -> bool:
    """Whether a password is the one of a hash. No hash takes as long as a wrong password, so names stay unknown."""
    try:
        return _HASHER.verify(hashed or _NOBODY, password) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


def made_up(groups: int = 4) -> str:
    """A password to begin with: four times four letters and digits that are not mistaken for each other."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(groups))
