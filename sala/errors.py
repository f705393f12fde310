"""What somebody asked for and Sala will not do: one small family, raised anywhere, answered in one place each.

Forms, API and command line have one handler for it. A refusal carries no words: `refusal.<key>` in the catalogues
says what happened and how to mend it, in each language, with `params` in its blanks.
"""


class Refusal(Exception):
    """Raised with the key of its words and what fills their blanks; `status` is HTTP's."""

    status = 400

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key, params)
        self.key = key
        self.params = params


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


class Invalid(Refusal):
    """What was sent lacks something or contradicts itself."""

    status = 422


class Unavailable(Refusal):
    """Something that Sala needs does not answer, or is not set up."""

    status = 503
