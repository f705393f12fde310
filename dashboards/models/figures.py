"""What one area's page knows for one period: plain objects, read by `queries`, laid out by `pages`."""

import datetime as dt
from dataclasses import dataclass, field

from dashboards.models.reference import Indicator, Period, Reference

WOMEN, MEN, TOTAL = "F", "M", "_T"
AXES = (
    "institutional_arrangement",
    "human_resources",
    "communication_enrolment",
    "process_tools",
    "project_management",
)
GUARANTEES = ("health", "children", "active_age", "older")
HEADLINE = "any_scheme"


@dataclass(frozen=True)
class Area:
    """A row of mart.area; `names` is {language: name}, `depth` counts from the root (0)."""

    code: str
    level: str
    depth: int
    names: dict[str, str]
    parent: str | None = None


@dataclass(frozen=True)
class Figure:
    """A present row of mart.indicator_history. Shares are fractions and may pass 1; None is not known."""

    indicator: str
    area: str
    period: str
    sex: str
    numerator: float | None
    denominator: float | None
    value: float | None
    low: float | None
    high: float | None
    completeness: float | None
    status: str
    known_from: dt.datetime | None = None
    low_count: float | None = None  # bounds as persons, for where there is no denominator
    high_count: float | None = None

    @property
    def known(self) -> bool:
        """Whether anything at all can be said as a share."""
        return self.value is not None or self.low is not None


@dataclass(frozen=True)
class Reporting:
    """A row of mart.reporting_rate: returns expected in an area and below, and what became of them."""

    area: str
    period: str
    dataset: str
    expected: int
    received: int
    on_time: int
    late: int
    partial: int
    zero: int
    missing: int

    @property
    def rate(self) -> float | None:
        """The share of expected returns received."""
        return self.received / self.expected if self.expected else None

    @property
    def on_time_rate(self) -> float | None:
        """The share of expected returns received by their due day."""
        return self.on_time / self.expected if self.expected else None


@dataclass(frozen=True)
class Flash:
    """A row of mart.flash_report: five axes in percent advanced (0–100), and who sent."""

    area: str
    week: str
    origin: str
    axes: dict[str, float | None]
    expected: int | None
    received: int | None
    laggards: tuple[str, ...]
    status: str


@dataclass(frozen=True)
class Item:
    """A line of a flash report's lists: `kind` is done, next, risk or decision; `names` are its area's."""

    area: str
    names: dict[str, str]
    kind: str
    text: str
    week: str
    needs_layer: str | None = None
    due: dt.date | None = None


@dataclass(frozen=True)
class SchemeLine:
    """Beneficiaries of a scheme in an area by sex, and the receipts of the area's own returns."""

    scheme: str
    by_sex: dict[str, int]
    receipts: tuple[str, ...] = ()

    @property
    def total(self) -> int | None:
        """All sexes, the ones not stated too: the reported total where there is one, else their sum."""
        return self.by_sex.get(TOTAL, sum(self.by_sex.values()) if self.by_sex else None)


@dataclass(frozen=True)
class AreaFacts:
    """Everything one page says: an area, the ones above and below it, and their figures for a period."""

    reference: Reference
    area: Area
    period: Period | None
    above: tuple[Area, ...] = ()  # root first, without the area itself
    below: tuple[Area, ...] = ()
    figures: tuple[Figure, ...] = ()
    reporting: tuple[Reporting, ...] = ()
    flash: tuple[Flash, ...] = ()  # this area's, newest week first
    items: tuple[Item, ...] = ()  # the most pressing of each kind
    counts: dict[str, int] = field(default_factory=dict)  # how many there are of each kind
    schemes: tuple[SchemeLine, ...] = ()
    newer: Period | None = None  # a later period that has begun
    _index: dict[tuple[str, str, str, str], Figure] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Index the figures once; a page looks up several hundred."""
        for figure in self.figures:
            self._index[figure.indicator, figure.area, figure.period, figure.sex] = figure

    def figure(
        self, indicator: str, sex: str = TOTAL, area: str | None = None, period: str | None = None
    ) -> Figure | None:
        """A figure of this page; of its own area and period unless another is named."""
        when = period or (self.period.code if self.period else "")
        return self._index.get((indicator, area or self.area.code, when, sex))

    def history(self, indicator: str, sex: str = TOTAL) -> list[Figure]:
        """The area's own figures of one indicator, oldest period first."""
        found = [
            figure
            for figure in self.figures
            if figure.indicator == indicator and figure.area == self.area.code and figure.sex == sex
        ]
        return sorted(found, key=lambda figure: figure.period)

    @property
    def indicators(self) -> list[Indicator]:
        """The indicators that have a figure in this area or below it, in the country's order."""
        present = {figure.indicator for figure in self.figures}
        return [indicator for indicator in self.reference.indicators if indicator.id in present]

    def rates(self, area: str, dataset: str) -> dict[str, Reporting]:
        """One area's reporting by period."""
        return {r.period: r for r in self.reporting if r.area == area and r.dataset == dataset}
