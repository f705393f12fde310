"""What the SQL functions of acts refuse (core.raise_refusal), as refusals that forms, API and commands answer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from sala.errors import Conflict, Refusal

_REFUSED, _LOCKED = "SALA1", "55P03"


@contextmanager
def refusals(kinds: Mapping[str, type[Refusal]]) -> Iterator[None]:
    """Raises Refusal for an act that a function refuses in here: of the kind that its key has, else a Conflict."""
    try:
        yield
    except DBAPIError as error:
        code = getattr(error.orig, "pgcode", None)
        if code == _LOCKED:
            raise Conflict("busy") from None
        if code != _REFUSED or error.orig is None:
            raise
        key, detail = error.orig.diag.message_primary, error.orig.diag.message_detail  # type: ignore[attr-defined]
        raise kinds.get(key, Conflict)(key, **json.loads(detail or "{}")) from None
