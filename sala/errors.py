"""What somebody asked for and Sala will not do: one small family, raised anywhere, answered in one place each.

Forms, API and command line have one handler for it. A refusal is raised with a key; `refusal.<key>` in the catalogues
says in each language what happened and how to mend it, with `params` in its blanks.
"""

from collections.abc import Mapping
from typing import Any

from sala.translation.translator import FALLBACK, Translator, translator


class Message(str):
    """The key of a message of the catalogues, to stand translated in a blank."""


class Refusal(Exception):
    """Raised with the key of its text and what fills the blanks; `status` is HTTP's.

    A param may be a text or number, names by language, a Message, or a list of these.
    """

    status = 400

    def __init__(self, key: str, **params: Any) -> None:
        super().__init__(key)
        self.key = key
        self.params = params

    def __str__(self) -> str:
        return self.text(FALLBACK)

    def text(self, language: str) -> str:
        """What happened and how to mend it, in a language."""
        return translator(language).filled(f"refusal.{self.key}", self.blanks(language))

    def blanks(self, language: str) -> dict[str, str]:
        """The params as they stand in the text."""
        t = translator(language)
        return {name: _blank(value, t) for name, value in self.params.items()}


def _blank(value: object, t: Translator) -> str:
    if isinstance(value, Message):
        return t(value)
    if isinstance(value, Mapping):
        return t.name(value)
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(_blank(one, t) for one in value)
    return str(value)


class NotSignedIn(Refusal):
    """Nobody is known to ask, or the password is wrong."""

    status = 401


class NotAllowed(Refusal):
    """The person's role or area does not reach so far."""

    status = 403


class NotFound(Refusal):
    """What is named is not there, or not for this person to know of."""

    status = 404


class Conflict(Refusal):
    """It cannot be done now, in the state in which things are."""

    status = 409


class Gone(Refusal):
    """It was there, and is there no more."""

    status = 410


class TooLarge(Refusal):
    """More than one answer or one file may hold."""

    status = 413


class WrongMedia(Refusal):
    """It was sent in a form that is not read here."""

    status = 415


class Invalid(Refusal):
    """What was sent lacks something or contradicts itself."""

    status = 422


class TooMany(Refusal):
    """More requests than one address may send in a while."""

    status = 429


class Full(Refusal):
    """There is no room to keep what was sent."""

    status = 507


class Unavailable(Refusal):
    """Something that Sala needs does not answer, or is not set up."""

    status = 503
