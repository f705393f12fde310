"""What one area's page says for one period: plain objects, read by `queries`, laid out by `pages` and `print`."""

from dataclasses import dataclass, field

from dashboards.models.area import Area
from dashboards.models.doubt import Doubt
from dashboards.models.figure import MEN, TOTAL, WOMEN, Figure
from dashboards.models.flash_report import Flash, Item
from dashboards.models.published_total import PublishedTotal
from dashboards.models.reference import Indicator, Period, Reference
from dashboards.models.reporting import Reporting

GUARANTEES = ("health", "children", "active_age", "older")
HEADLINE = "any_scheme"


@dataclass(frozen=True)
class SchemeLine:
    """Beneficiaries of a scheme in an area by sex, and the receipts of the area's own returns."""

    scheme: str
    by_sex: dict[str, int]
    receipts: tuple[str, ...] = ()
    unit: str = "persons"
    further: dict[str, int] = field(default_factory=dict)
    """Further figures by their column in mart.scheme_total, both sexes together; those not reported are left out."""
    by_group: dict[str, int] = field(default_factory=dict)
    """Population group → beneficiaries, whom `by_sex` counts already."""
    left_out: dict[tuple[str, str], int] = field(default_factory=dict)
    """(sex, measure) → returns that came and leave it out."""
    not_told_apart: int = 0
    """Persons of sex U whom published totals count beyond their parts."""
    rounding: int = 0
    """The same where parts come to more than the published total: negative."""

    @property
    def total(self) -> int | None:
        """All sexes, the ones not stated too: the reported total where there is one, else their sum."""
        return self.by_sex.get(TOTAL, sum(self.by_sex.values()) if self.by_sex else None)


@dataclass(frozen=True)
class AreaProfile:
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
    doubt: Doubt | None = None  # of the nation alone
    published: tuple[PublishedTotal, ...] = ()  # elsewhere, of this area
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
        """A figure of this page; of its own area and period unless another is named. Where of all persons no sex is
        stated, there is none of women or men.
        """
        when = period or (self.period.code if self.period else "")
        place = indicator, area or self.area.code, when
        if sex in (WOMEN, MEN) and (not_stated := self._index.get((*place, "U"))) and not_stated.count:
            told_apart = [self._index.get((*place, one)) for one in (WOMEN, MEN)]
            if not any(figure and figure.count for figure in told_apart):
                return None
        return self._index.get((*place, sex))

    def history(self, indicator: str, sex: str = TOTAL) -> list[Figure]:
        """The area's own figures of one indicator, oldest period first."""
        own = [
            figure
            for figure in self.figures
            if figure.indicator == indicator and figure.area == self.area.code and figure.sex == sex
        ]
        return sorted(own, key=lambda figure: figure.period)

    @property
    def indicators(self) -> list[Indicator]:
        """The indicators by which areas are compared and that have a figure here or below, in the country's order."""
        present = {figure.indicator for figure in self.figures}
        return [i for i in self.reference.indicators if i.compared and i.id in present]

    @property
    def headline_indicator(self) -> str | None:
        """What the headline speaks of: covered by at least one scheme, or a country's first indicator."""
        present = [indicator.id for indicator in self.indicators]
        return HEADLINE if HEADLINE in present else next(iter(present), None)

    def ranked(self, indicator: str) -> list[Area]:
        """The areas below, highest share first, those with bounds by the lower one, unknown ones last.

        Where no population is known the number of persons takes the place of the share.
        """

        def order(area: Area) -> tuple[bool, float, str]:
            figure = self.figure(indicator, area=area.code)
            shares = (figure.value, figure.low, figure.count) if figure else ()
            best = next((share for share in shares if share is not None), None)
            return best is None, -(best or 0), area.code

        return sorted(self.below, key=order)

    def rates(self, area: str, dataset: str) -> dict[str, Reporting]:
        """One area's reporting by period."""
        return {r.period: r for r in self.reporting if r.area == area and r.dataset == dataset}
