"""What a file's page says besides its verdict: what nobody has confirmed yet, and what the file changed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dashboards.server.callback_requests import Sent
from validators.contracts.contract import Severity


@dataclass(frozen=True)
class UnconfirmedRule:
    """Warnings of one rule that nobody has confirmed: how many, and what the first of them says."""

    rule: str
    count: int
    message: Mapping[str, str]


@dataclass(frozen=True)
class LeftOutReturn:
    """A row of mart.left_out_return with the names of its area and scheme."""

    older_receipt: str
    period: str
    area_code: str
    names: Mapping[str, str]
    scheme: Mapping[str, str] | None
    total: int | None


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


class CheckedProblem(Sent):
    """A problem as the API gives it, its texts by language."""

    row: int | None = None
    column: str | None = None
    value: str | None = None
    rule: str
    severity: Severity
    message: dict[str, str]
    fix: dict[str, str]


class CheckedFile(Sent):
    """The verdict of a check without handing in, as the API gives it."""

    outcome: Literal["accepted", "partial", "rejected", "unreadable"]
    rows_read: int
    rows_accepted: int
    counts: dict[str, int]
    problems: list[CheckedProblem]
