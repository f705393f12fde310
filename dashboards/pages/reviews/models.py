"""What the review page of one area knows: plain objects, read by `queries.reviews`, laid out by `pages.review`."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import Any

from dashboards.models.area import Area
from dashboards.models.reference import Period, Reference

RETURNS, FLASH = "scheme_returns", "flash_reports"
TOTAL = "_T"
OWN, COMPILED = "own", "compiled"  # where a percent of a flash report comes from
_MUCH = 0.5  # of the usual number: a change to look at
_MANY = 30  # persons, below which no change is one to look at
_FAR = 25  # percentage points of an axis


@dataclass(frozen=True)
class Row:
    """A row of mart.compilation. `expected` and `received` count returns in the area and below."""

    area: Area
    state: str  # open, compiled, endorsed, returned or reopened; "none" where nothing is reviewed
    since: dt.datetime | None
    expected: int
    received: int
    signed_at: dt.datetime | None
    signed_until: dt.datetime | None

    @property
    def completeness(self) -> float | None:
        return self.received / self.expected if self.expected else None


@dataclass(frozen=True)
class Signature:
    """One that counts for the figures shown, or stands under the last endorsement."""

    office: str
    person: str
    at: dt.datetime


@dataclass(frozen=True)
class Moved:
    """A total that moved: `what` is scheme/sex/measure, scheme/returns/received or own/axis."""

    what: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Act:
    """A row of mart.review: signed, endorsed, returned, reopened or corrected."""

    area: Area
    act: str
    by: str
    office: str
    at: dt.datetime
    reason: str | None
    moved: tuple[Moved, ...]
    cause: str | None  # area code
    receipts: tuple[str, ...]


@dataclass(frozen=True)
class Remark:
    """A row of mart.review_comment; `answers` is the remark that it answers."""

    id: int
    area: str  # whose committee reviews
    child: str
    cell: str
    answers: int | None
    by: str
    at: dt.datetime
    text: str


@dataclass(frozen=True)
class Doubt:
    """Warnings of one rule in the files whose returns stand, with one example."""

    rule: str
    n: int
    areas: int
    message: Mapping[str, str]
    example: str  # area code
    names: Mapping[str, str]
    receipt: str
    row_number: int | None


@dataclass(frozen=True)
class Missing:
    """A return that was expected and does not stand."""

    area: str
    names: Mapping[str, str]
    level: str
    scheme: str | None


@dataclass(frozen=True)
class ReviewFacts:
    """Everything the page says. Figures are by (area code, periods back, cell, sex or origin)."""

    reference: Reference
    dataset: str
    period: Period
    periods: tuple[Period, ...]
    above: tuple[Area, ...]
    own: Row
    children: tuple[Row, ...]
    figures: Mapping[tuple[str, int, str, str], float]
    signed_cells: Mapping[tuple[str, int, str, str], float]  # as the area's committee last signed them
    signed_totals: Mapping[str, float]
    signed_by: tuple[str, ...]
    quorum: tuple[str, ...] | None  # None: the layer has no committee
    requires_children: bool
    signatures: tuple[Signature, ...]
    missing: tuple[Missing, ...]
    doubts: tuple[Doubt, ...]
    remarks: tuple[Remark, ...]
    timeline: tuple[Act, ...]
    restated: tuple[Act, ...]  # reopenings below, newest first
    fingerprint: str
    may: frozenset[str]  # actions of the reader in this area

    @property
    def area(self) -> Area:
        return self.own.area

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """Schemes or axes that have a figure in the period or the one before, in the country's order."""
        present = {cell for (_, back, cell, _) in self.figures if back <= 1}
        if self.dataset == FLASH:
            from dashboards.models.flash_report import AXES

            return tuple(axis for axis in AXES if axis in present)
        known = [scheme.id for scheme in self.reference.schemes]
        return tuple(sorted(present, key=lambda cell: known.index(cell) if cell in known else len(known)))

    @cached_property
    def _totals(self) -> dict[tuple[str, int, str], float]:
        return totals(self.figures, self.dataset)

    @cached_property
    def _signed(self) -> dict[tuple[str, int, str], float]:
        return totals(self.signed_cells, self.dataset)

    def value(self, area: str, cell: str, back: int = 0, signed: bool = False) -> float | None:
        """Persons of all sexes, or the percent of an axis: the area's own sheet, else what was compiled for it."""
        return (self._signed if signed else self._totals).get((area, back, cell))

    def of_sex(self, area: str, cell: str, sex: str, back: int = 0) -> float | None:
        return self.figures.get((area, back, cell, sex))

    def signed_value(self, cell: str) -> float | None:
        """The area's own total as last signed."""
        if self.dataset == FLASH:
            return self.signed_totals.get(f"{OWN}/{cell}", self.signed_totals.get(f"{COMPILED}/{cell}"))
        found = [
            n
            for what, n in self.signed_totals.items()
            if what.startswith(f"{cell}/") and what.endswith("/beneficiaries")
        ]
        return sum(found) if found else None

    def stands_out(self, area: str, cell: str) -> bool:
        """Whether a figure is far from what the area usually has."""
        now = self.value(area, cell)
        before = [n for back in range(1, 7) if (n := self.value(area, cell, back)) is not None]
        if now is None or not before:
            return False
        usual = median(before)
        if self.dataset == FLASH:
            return abs(now - usual) >= _FAR
        return abs(now - usual) >= max(_MANY, _MUCH * usual)

    def row(self, code: str) -> Row | None:
        return next((row for row in (self.own, *self.children) if row.area.code == code), None)

    @property
    def open_children(self) -> tuple[Row, ...]:
        """Children whose signature the area's committee waits for."""
        if not self.requires_children:
            return ()
        return tuple(row for row in self.children if row.state not in ("endorsed", "none"))


def totals(
    figures: Mapping[tuple[str, int, str, str], float], dataset: str
) -> dict[tuple[str, int, str], float]:
    """All sexes added; of a flash report the area's own sheet before what was compiled."""
    found: dict[tuple[str, int, str], float] = {}
    for (area, back, cell, sex), n in figures.items():
        key = area, back, cell
        if dataset == RETURNS:
            found[key] = found.get(key, 0) + n
        elif sex == OWN or key not in found:
            found[key] = n
    return found


def moved(found: Any) -> tuple[Moved, ...]:
    """What the warehouse noted of a reopening; of flash reports and schemes alike."""
    return tuple(Moved(entry["what"], entry["before"], entry["after"]) for entry in found or ())
