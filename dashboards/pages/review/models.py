"""The review of one area, dataset and period: plain objects, read by `queries`, laid out by the page."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from countries.country import current
from dashboards.models.area import Area
from dashboards.models.flash_report import AXES
from dashboards.models.published_total import PublishedTotal
from dashboards.models.reference import Period, Reference

RETURNS, FLASH = "scheme_returns", "flash_reports"
OWN, COMPILED = "own", "compiled"  # where a percentage of a flash report comes from

Cells = Mapping[tuple[str, int, str, str], float]
"""(area code, periods back, scheme or axis, sex or origin) → persons, or percent advanced (0–100)."""


@dataclass(frozen=True)
class ReviewedArea:
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
        """The share of expected returns received."""
        return self.received / self.expected if self.expected else None


@dataclass(frozen=True)
class Signature:
    """One that counts for the figures shown."""

    office: str
    person: str
    at: dt.datetime


@dataclass(frozen=True)
class ChangedTotal:
    """A total that changed after it was signed: `total` is scheme/sex/measure, scheme/returns/received or own/axis."""

    total: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class ReviewAct:
    """A row of mart.review: signed, endorsed, returned, reopened or corrected."""

    area: Area
    act: str
    by: str
    office: str
    at: dt.datetime
    reason: str | None
    changed: tuple[ChangedTotal, ...]
    cause: str | None  # area code
    receipts: tuple[str, ...]
    causes: tuple[str, ...]  # file, withdrawal, population, definition


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
class WarningsOfRule:
    """How many warnings of one rule the files have whose returns stand, in how many areas, with one example."""

    rule: str
    count: int
    unconfirmed: int
    areas: int
    message: Mapping[str, str]
    area: str  # code, of the example
    names: Mapping[str, str]
    receipt: str
    row_number: int | None


@dataclass(frozen=True)
class UnusualChange:
    """A row of mart.unusual_change: a figure far from what the area usually reports, by the country's limits."""

    area: str
    cell: str
    value: float
    usual: float


@dataclass(frozen=True)
class MissingReturn:
    """A return that was expected and does not stand."""

    area: str
    names: Mapping[str, str]
    scheme: str | None


@dataclass(frozen=True)
class Review:
    """Everything that the review page of one area shows."""

    reference: Reference
    dataset: str
    period: Period
    periods: tuple[Period, ...]
    above: tuple[Area, ...]
    own: ReviewedArea
    children: tuple[ReviewedArea, ...]
    figures: Cells
    signed_figures: Cells  # as the area's committee last signed them; empty unless shown or reopened
    signed_totals: Mapping[str, float]
    signed_by: tuple[str, ...]
    quorum: tuple[str, ...] | None  # None: the layer has no committee
    requires_children: bool
    signatures: tuple[Signature, ...]
    missing: tuple[MissingReturn, ...]
    published: tuple[PublishedTotal, ...]  # of the area and those right below, what differs first
    warnings: tuple[WarningsOfRule, ...]
    unusual_changes: tuple[UnusualChange, ...]  # of the areas right below
    remarks: tuple[Remark, ...]
    acts: tuple[ReviewAct, ...]
    reopened_below: tuple[ReviewAct, ...]  # newest first
    fingerprint: str
    may: frozenset[str]  # actions of the reader in this area

    @property
    def area(self) -> Area:
        """The area under review."""
        return self.own.area

    @property
    def before(self) -> Period | None:
        """The period before, of the same kind."""
        place = self.periods.index(self.period)
        return self.periods[place - 1] if place else None

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """Schemes or axes that have a figure in the period or the one before, in the country's order."""
        present = {cell for (_, _, cell, _) in self.figures}
        if self.dataset == FLASH:
            return tuple(axis for axis in AXES if axis in present)
        order = {scheme.id: place for place, scheme in enumerate(self.reference.schemes)}
        return tuple(sorted(present, key=lambda cell: order.get(cell, len(order))))

    @cached_property
    def _totals(self) -> dict[tuple[str, int, str], float]:
        return totals(self.figures, self.dataset)

    @cached_property
    def _signed(self) -> dict[tuple[str, int, str], float]:
        return totals(self.signed_figures, self.dataset)

    @cached_property
    def _unusual(self) -> set[tuple[str, str]]:
        return {(change.area, change.cell) for change in self.unusual_changes}

    def value(self, area: str, cell: str, back: int = 0, signed: bool = False) -> float | None:
        """Persons of all sexes, or the percent of an axis: the area's own sheet, else what was compiled for it."""
        return (self._signed if signed else self._totals).get((area, back, cell))

    def of_sex(self, area: str, cell: str, sex: str) -> float | None:
        """Persons of one sex."""
        return self.figures.get((area, 0, cell, sex))

    def is_due(self, cell: str, sex: str) -> bool:
        """Whether a scheme is meant for persons of a sex, so that a line of them is due."""
        return self.dataset == RETURNS and any(
            scheme.id == cell and sex in scheme.sexes_told_apart for scheme in current().schemes
        )

    def changed_cells(self, area: str) -> tuple[str, ...]:
        """Of a review that was reopened: the schemes in which an area's figures are not those that were signed."""
        if self.own.state != "reopened" or not self._signed:
            return ()
        return tuple(
            cell for cell in self.cells if self.value(area, cell) != self.value(area, cell, signed=True)
        )

    def signed_value(self, cell: str) -> float | None:
        """The area's own total as last signed."""
        if self.dataset == FLASH:
            return self.signed_totals.get(f"{OWN}/{cell}", self.signed_totals.get(f"{COMPILED}/{cell}"))
        persons = [
            n
            for total, n in self.signed_totals.items()
            if total.startswith(f"{cell}/") and total.endswith("/beneficiaries")
        ]
        return sum(persons) if persons else None

    def is_unusual(self, area: str, cell: str) -> bool:
        """Whether the figure of an area right below was found to be far from what it usually is."""
        return (area, cell) in self._unusual

    def area_of(self, code: str) -> Area | None:
        """The area itself, or one right below it."""
        return next((row.area for row in (self.own, *self.children) if row.area.code == code), None)

    @property
    def unsigned_children(self) -> tuple[ReviewedArea, ...]:
        """Children whose signature the area's committee waits for."""
        if not self.requires_children:
            return ()
        return tuple(row for row in self.children if row.state not in ("endorsed", "none"))


def totals(figures: Cells, dataset: str) -> dict[tuple[str, int, str], float]:
    """All sexes added; of a flash report the area's own sheet before what was compiled."""
    added: dict[tuple[str, int, str], float] = {}
    for (area, back, cell, sex), n in figures.items():
        key = area, back, cell
        if dataset == RETURNS:
            added[key] = added.get(key, 0) + n
        elif sex == OWN or key not in added:
            added[key] = n
    return added
