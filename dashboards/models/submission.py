"""A file that was sent, and what was found in it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

_FINAL = ("held", "loaded", "rejected", "unreadable", "failed", "withdrawn")


@dataclass(frozen=True)
class Submission:
    """A row of mart.submission; `problems` is how many its last verdict has."""

    receipt: str
    filename: str
    dataset: str | None
    submitted_by: str
    received_at: dt.datetime
    state: str
    outcome: str | None
    rows_read: int | None
    rows_accepted: int | None
    rows_rejected: int | None
    unconfirmed: int
    verdicts: int
    because: str | None
    problems: int = 0

    @property
    def is_final(self) -> bool:
        """Whether its verdict stands, or is still being worked out."""
        return self.state in _FINAL


@dataclass(frozen=True)
class Problem:
    """A row of mart.problem; `message` is {language: text}."""

    row_number: int | None
    column: str | None
    value: str | None
    rule: str
    severity: str
    message: Mapping[str, str]
    confirmed_by: str | None = None
    comment: str | None = None
