"""Indicators: what they count, by what it is divided, and how the months make the year.

There are three kinds. A *coverage* is a union of persons: it says whether its schemes can share one (`together`), and
has bounds where they can. A *sum* adds up what returns state, and is divided by another sum or stands alone. A *gap*
compares the women's figure of another indicator with the men's.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal, Self, get_args

from pydantic import Field, model_validator

from countries.declarations.declared import Declared, Id, Translated
from countries.declarations.schemes import Function, Guarantee, Kind, Sex

LineMeasure = Literal[
    "beneficiaries",
    "contributors",
    "registered",
    "new_enrolments",
    "exits",
    "amount_paid",
    "applied",
    "accepted",
    "refused",
    "waiting",
    "first_paid",
    "paid_on_time",
    "records_updated",
]
"""Columns of `scheme_returns`."""
ReturnMeasure = Literal["expected", "received", "on_time"]
"""Returns that were due, that came, and that came by their due day."""
GrantMeasure = Literal["allocated", "spent"]
"""Money granted downwards, and money paid out by exactly those who were granted it."""
Measure = LineMeasure | ReturnMeasure | GrantMeasure | Literal["population"]

MONEY = ("amount_paid", "allocated", "spent")
RETURNS, GRANTS = get_args(ReturnMeasure), get_args(GrantMeasure)
PERSONS = ("beneficiaries", "contributors", "registered")
"""What a coverage can count."""
OF_PERSONS = tuple(measure for measure in get_args(LineMeasure) if measure not in MONEY)
"""Columns of returns that count persons."""

OverTime = Literal["last_month", "mean_of_months", "sum_of_months"]
"""How months make a year: the last month with half its returns, or their numerators and denominators added up."""


class Filters(Declared):
    """Which schemes and persons are counted; what is left out excludes nobody."""

    schemes: tuple[str, ...] = ()
    functions: tuple[Function, ...] = ()
    guarantees: tuple[Guarantee, ...] = ()
    kinds: tuple[Kind, ...] = ()
    age_groups: tuple[str, ...] = ()
    sexes: tuple[Sex, ...] = ()
    disability: tuple[Literal["Y", "N", "U"], ...] = ()


class Counted(Filters):
    """A measure, of the schemes and persons that the filters leave."""

    measure: LineMeasure


class Numerator(Filters):
    """What is counted: a union of persons where `together` is said, else the sum of what returns state."""

    measure: Measure = "beneficiaries"
    contributors: tuple[str, ...] = Field(
        (), description="schemes whose active contributors count instead (SI_COV_BENFTS, SI_COV_WKINJRY only)"
    )
    together: Literal["disjoint", "overlapping"] | None = Field(
        None,
        description="disjoint: nobody can be in two of the schemes, so they add up; overlapping: only bounds",
    )
    because: str | None = Field(
        None, min_length=20, description="why the schemes are disjoint or overlapping"
    )
    missing: Translated | None = Field(
        None,
        description="why there is nothing in the country to count; the indicator has a definition and no figure",
    )

    @property
    def measures(self) -> dict[str, Measure]:
        """Scheme id → what its returns say that is counted."""
        return {s: "contributors" if s in self.contributors else self.measure for s in self.schemes}

    @model_validator(mode="after")
    def _a_union_is_of_persons(self) -> Self:
        if strangers := set(self.contributors) - set(self.schemes):
            raise ValueError(f"`contributors` names {sorted(strangers)}, which `schemes` does not")
        if self.together is None:
            if self.contributors:
                raise ValueError("`contributors` belongs to a union of persons: say `together` and `because`")
        elif self.because is None:
            raise ValueError("`because` is missing: why the schemes are disjoint or overlapping")
        elif self.measure not in PERSONS:
            raise ValueError(
                f"`{self.measure}` does not count persons once, so there is no `together`: leave it out"
            )
        elif self.disability:
            raise ValueError(
                "a union of persons is not told apart by disability; leave `together` and `because` out to "
                "add up what returns state"
            )
        return self


class Denominator(Filters):
    """What the numerator is divided by: part of the population, or another sum."""

    measure: Measure = "population"
    times: str | None = Field(None, description="id of a reference amount, by which each person counts")
    less: tuple[Counted, ...] = Field((), description="persons who are taken away from the population")
    missing: Translated | None = Field(
        None, description="why the country does not know it; counts stand without a rate"
    )

    @model_validator(mode="after")
    def _what_it_needs(self) -> Self:
        if self.less and self.measure != "population":
            raise ValueError(f"`less` takes persons from the population, and the measure is `{self.measure}`")
        if self.times and self.measure not in PERSONS:
            raise ValueError(f"`times` gives persons an amount each, and the measure is `{self.measure}`")
        return self


_POPULATION = Denominator.model_validate({})


class Gap(Declared):
    """Women compared with men, in another indicator."""

    of: str = Field(description="id of the indicator")
    shown_in: Literal["points", "ratio"] = Field(
        description="points: the women's rate less the men's; ratio: the women's rate ÷ the men's"
    )


class Indicator(Declared):
    """What is divided by what, why it matters, and its source."""

    id: Id
    title: Translated
    why: Translated
    guarantee: Guarantee | None = None
    series: str = Field(description="SDMX series or national code")
    unit: Literal["person", "child", "household", "currency", "return"] = Field(
        description="what the numerator counts"
    )
    shown_in: Literal["percent", "ratio", "currency", "persons", "points"] = Field(
        "percent", description="the unit of the value"
    )
    frequency: Literal["M", "Y"] = Field("M", description="how often its returns come: M monthly, Y yearly")
    over_time: OverTime | None = Field(
        None, description="how the months make the figure of the year; left out: there is none"
    )
    levels: tuple[str, ...] = Field((), description="layers at which it is published; left out: every one")
    sexes: tuple[Sex, ...] = Field((), description="sexes told apart beside the total; left out: every one")
    each: Literal["scheme"] | None = Field(
        None, description="scheme: one indicator is made for each scheme that `numerator` leaves"
    )
    numerator: Numerator | None = None
    gap: Gap | None = Field(None, description="instead of a numerator: women compared with men")
    denominator: Denominator | None = Field(
        None, description="left out: the population for a coverage, nothing for a sum"
    )
    source: str
    caveats: Translated
    direction: Literal["up", "down"] = Field(description="up when a higher figure is better")
    version: int = Field(ge=1)
    valid_from: date
    changes: Mapping[int, Translated] = Field(
        {}, description="version → what it changed, in the languages of the country"
    )

    @property
    def coverage(self) -> bool:
        """Whether it is a union of persons."""
        return self.numerator is not None and self.numerator.together is not None

    @property
    def measures(self) -> dict[str, Measure]:
        """Scheme id → the persons of its returns whom a coverage counts; empty for other kinds."""
        return self.numerator.measures if self.numerator is not None and self.coverage else {}

    @property
    def divided_by(self) -> Denominator | None:
        """What divides it; None for a count."""
        return self.denominator or (_POPULATION if self.coverage else None)

    @property
    def population(self) -> Denominator | None:
        """Its denominator, where that is a part of the population which is known."""
        divided_by = self.divided_by
        known = divided_by is not None and divided_by.measure == "population" and divided_by.missing is None
        return divided_by if known else None

    @property
    def divisor(self) -> Denominator | None:
        """Its denominator, where returns state the persons by whom it is divided: no population, no money."""
        divided_by = self.divided_by
        if divided_by is None or divided_by.missing or divided_by.times:
            return None
        return divided_by if divided_by.measure in OF_PERSONS else None

    @property
    def counts_persons(self) -> bool:
        """Whether every number in it is a number of persons (or households), and no money."""
        if self.numerator is None or self.numerator.measure not in OF_PERSONS:
            return False
        return self.divided_by is None or self.population is not None or self.divisor is not None

    @model_validator(mode="after")
    def _a_new_version_says_what_it_changed(self) -> Self:
        if self.version > 1 and self.version not in self.changes:
            raise ValueError(
                f"version {self.version} has no note: say under `changes: {{{self.version}: …}}` what it changed"
            )
        return self

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.numerator is None) == (self.gap is None):
            raise ValueError("give either `numerator` or `gap`, and not both")
        if self.gap and self.denominator:
            raise ValueError("a gap has no denominator of its own")
        if self.gap and self.each:
            raise ValueError("a gap is of one indicator, so `each` has no place in it")
        if self.numerator and self.numerator.measure == "population":
            raise ValueError("the population is no numerator; it divides")
        unit = "amounts of money" if self.unit == "currency" else None
        if self.numerator and (self.numerator.measure in MONEY) != (unit is not None):
            counts = unit or f"a {self.unit}"
            raise ValueError(f"`unit` says {counts}, and `{self.numerator.measure}` is not counted in that")
        if self.divided_by is None and self.shown_in not in ("persons", "currency") and self.numerator:
            raise ValueError(
                f"without a denominator it is a count; `shown_in` is persons or currency, not {self.shown_in}"
            )
        if self.divided_by is None and self.over_time == "mean_of_months" and self.numerator:
            raise ValueError("a count has no mean over the months here: say last_month or sum_of_months")
        return self
