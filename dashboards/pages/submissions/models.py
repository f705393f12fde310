"""What a file's page says besides its verdict: what nobody has confirmed yet, and what the file changed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dashboards.server.callback_requests import Sent
from validators.contracts.contract import Severity


@dataclass(frozen=True)
class OpenWarning:
    """One warning that nobody has confirmed; `row_number` is None for what concerns the file."""

    rule: str
    row_number: int | None
    column: str | None
    value: str | None
    message: Mapping[str, str]


@dataclass(frozen=True)
class StandingLine:
    """A row of mart.standing_line: what stands where a row was rejected; `cells` is None where it names no line."""

    row_number: int
    standing_receipt: str | None
    return_total: int | None
    cells: Mapping[str, float | None] | None

    def of(self, column: str | None) -> float | None:
        """What stands in a column of the line; of one that is no number its persons, or else the return's."""
        cells = self.cells or {}
        return cells.get(column or "", cells.get("beneficiaries", self.return_total))


@dataclass(frozen=True)
class OfReturn:
    """Which return a row is about, with the names of its area and scheme; `scheme` is None where it is about none."""

    period: str
    area_code: str
    names: Mapping[str, str]
    scheme: Mapping[str, str] | None


@dataclass(frozen=True)
class LeftOutReturn(OfReturn):
    """A row of mart.left_out_return."""

    older_receipt: str
    total: int | None


@dataclass(frozen=True)
class HeldReturn(OfReturn):
    """A row of mart.held_return: what stands, and what would stand."""

    sent_by: str
    sent_on: dt.date
    before_lines: int
    after_lines: int
    before_total: int
    after_total: int


@dataclass(frozen=True)
class Change(OfReturn):
    """A row of mart.change; figures are persons."""

    kind: str
    by: str
    why: str | None
    at: dt.datetime
    own: bool
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
    held: bool = False
    rows_read: int
    rows_accepted: int
    counts: dict[str, int]
    problems: list[CheckedProblem]
