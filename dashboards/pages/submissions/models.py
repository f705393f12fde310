"""What a file's page says besides its verdict: what nobody has confirmed yet, and what the file changed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class UnconfirmedRule:
    """Warnings of one rule that nobody has confirmed: how many, and what the first of them says."""

    rule: str
    count: int
    message: Mapping[str, str]


@dataclass(frozen=True)
class HeldReturn:
    """A row of mart.held_return with the names of its area and scheme: what stands, and what would stand."""

    period: str
    area_code: str
    names: Mapping[str, str]
    scheme: Mapping[str, str] | None
    sent_by: str
    sent_on: dt.date
    before_lines: int
    after_lines: int
    before_total: int
    after_total: int


@dataclass(frozen=True)
class Change:
    """A row of mart.change, and the names of its area and scheme; figures are persons."""

    kind: str
    by: str
    why: str | None
    at: dt.datetime
    area_code: str
    names: Mapping[str, str]
    own: bool
    period: str
    scheme: Mapping[str, str] | None
    before: float | None
    after: float | None
    difference: float
