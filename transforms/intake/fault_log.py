"""Faults of Sala's own, kept where whoever runs it finds them again: `SALA_HOME/logs/faults/<reference>.txt`.

A fault has the same reference wherever and however often it comes up, so its file holds where the newest came about,
and a thousand files that fail alike leave one.
"""

from __future__ import annotations

import hashlib
import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path

from sala.secret import write_private
from sala.settings import settings
from sala.trace import discreet, trace

_log = discreet(logging.getLogger(__name__))


def folder() -> Path:
    """Where the tracebacks are; `keep_fault` makes it."""
    return settings().home / "logs" / "faults"


def keep_fault(fault: BaseException, about: str) -> str:
    """Write a traceback down, with what Sala was at. Returns its reference, eight letters and digits."""
    mark = reference(fault)
    _log.error("Fault %s at %s", mark, about, exc_info=fault)
    try:
        folder().mkdir(mode=0o700, parents=True, exist_ok=True)
        write_private(folder() / f"{mark}.txt", f"{datetime.now(UTC).isoformat()}  {about}\n{trace(fault)}\n")
    except OSError as full:  # the log above has it too
        _log.warning("The traceback of fault %s could not be kept: %s", mark, full)
    return mark


def reference(fault: BaseException) -> str:
    """The same for faults of the same kinds that come from the same lines."""
    places: list[str] = []
    link: BaseException | None = fault
    while link is not None:
        places.append(type(link).__qualname__)
        places += [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(link.__traceback__)]
        link = link.__cause__ or link.__context__
    return hashlib.sha256("\n".join(places).encode()).hexdigest()[:8]
