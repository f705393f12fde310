"""What a country declares: frozen objects, each field saying what it means.

The models hold the rules that concern one object. Rules between objects (a scheme that names a layer) are in
`rules.py`; reading a folder into these objects is `country.py`.
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from countries.declared import Declared, Id, Pattern, Timezone, Translated
from countries.exchange import Check, Exchange
from countries.grievances import Grievances
from countries.period import Period
from countries.reporting_calendar import Grace, ManagementIndex, Reminders
from countries.roles import Committee, DemoAccount, Role, visitor_among
from countries.round import SampleRound
from countries.sources import Correction, GazetteerSource, PopulationSource, Table
from countries.tiles import Tile, TileGrid

Sex = Literal["F", "M", "X", "U"]
Guarantee = Literal["health", "children", "active_age", "older"]
"""The four guarantees of ILO Recommendation 202, paragraph 5 (a) to (d)."""

Function = Literal[
    "medical_care",
    "sickness",
    "unemployment",
    "old_age",
    "employment_injury",
    "family",
    "maternity",
    "invalidity",
    "survivors",
    "social_assistance",
]
"""The nine branches of ILO Convention 102, and social assistance."""

Kind = Literal[
    "social_insurance",
    "universal",
    "means_tested",
    "employer_liability",
    "provident_fund",
    "public_employment",
]
Measure = Literal["beneficiaries", "contributors", "registered"]


class Layer(Declared):
    """One layer of the chain of committees."""

    id: Id
    names: Translated
    plurals: Translated
    code: Pattern = Field(".+", description="regular expression that every area code of the layer matches")


class AgeGroup(Declared):
    id: Id
    names: Translated
    low: int = Field(ge=0, description="lowest age in completed years")
    high: int | None = Field(None, description="highest age in completed years; left out: no upper end")

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.high is not None and self.high < self.low:
            raise ValueError(f"ends at {self.high}, before it begins at {self.low}")
        return self


class Administrator(Declared):
    """The body that runs a scheme."""

    id: Id
    names: Translated


class Eligible(Declared):
    """Who may be covered; nothing named means everybody."""

    sexes: tuple[Sex, ...] = ()
    age_groups: tuple[str, ...] = ()


class Scheme(Declared):
    id: Id
    names: Translated
    counts: Translated = Field(description="whom the return's `beneficiaries` counts, in words")
    administrator: str = Field(description="id of one of the administrators")
    function: Function
    guarantee: Guarantee
    kind: Kind
    layer: str = Field(description="the layer whose areas report the scheme")
    frequency: Literal["M", "Y"] = Field(description="M for monthly, Y for yearly returns")
    due_days: int = Field(ge=0, le=400, description="days after the end of the period")
    by_age: bool = Field(False, description="whether returns are broken down by age group")
    cash: bool = Field(True, description="whether the benefit is paid in cash")
    eligible: Eligible = Eligible()
    starts: date | None = Field(None, description="first day of the scheme; no return is expected before")
    ends: date | None = Field(None, description="last day of the scheme")
    source: str = Field(description="where the facts stand")

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.starts and self.ends and self.ends < self.starts:
            raise ValueError(f"ends on {self.ends}, before it starts on {self.starts}")
        return self


class Numerator(Declared):
    """Persons counted, as the sum or the union of what schemes report."""

    measure: Measure = "beneficiaries"
    schemes: tuple[str, ...] = Field(min_length=1)
    contributors: tuple[str, ...] = Field(
        (), description="schemes whose active contributors count instead (SI_COV_BENFTS, SI_COV_WKINJRY only)"
    )
    age_groups: tuple[str, ...] = ()
    sexes: tuple[Sex, ...] = ()
    together: Literal["disjoint", "overlapping"] = Field(
        description="disjoint: nobody can be in two of the schemes, so they add up; overlapping: only bounds"
    )
    because: str = Field(min_length=20, description="why the schemes are disjoint or overlapping")

    @property
    def measures(self) -> dict[str, Measure]:
        """Scheme id → the column of its return that counts its persons."""
        return {s: "contributors" if s in self.contributors else self.measure for s in self.schemes}

    @model_validator(mode="after")
    def _contributors_are_schemes(self) -> Self:
        if strangers := set(self.contributors) - set(self.schemes):
            raise ValueError(f"`contributors` names {sorted(strangers)}, which `schemes` does not")
        return self


class Denominator(Declared):
    """Part of the population; nothing named means everybody."""

    sexes: tuple[Sex, ...] = ()
    age_groups: tuple[str, ...] = ()


class Indicator(Declared):
    id: Id
    title: Translated
    why: Translated
    guarantee: Guarantee | None = None
    series: str = Field(description="SDMX series or national code")
    unit: Literal["person", "child", "household"]
    numerator: Numerator
    denominator: Denominator = Denominator()
    source: str
    caveats: Translated
    direction: Literal["up", "down"] = Field(description="up when a higher figure is better")
    version: int = Field(ge=1)
    valid_from: date


class FlashCalendar(Declared):
    layer: str = Field(description="lowest layer that files the weekly flash report")
    due_days: int = Field(ge=0, le=60, description="days after the week's Sunday")
    items_per_list: int = Field(
        5, ge=1, le=50, description="items of each list that an area sends to the layer above; the rest stay"
    )
    answer_days: int = Field(
        14, ge=1, le=365, description="days within which whoever holds an item that names no day settles it"
    )


class Calendar(Declared):
    flash_reports: FlashCalendar | None = None
    closed: tuple[str, ...] = Field(default=(), description="periods for which nothing is taken in any more")
    closes_after_days: Mapping[str, int] = Field(
        default={},
        description="dataset → days after a period's end from which on nothing is taken in; left out: never",
    )
    grace_days: Mapping[str, Grace] = Field(
        default={},
        description="dataset → days after the due day in which a return is late, but not yet missing; left out: none",
    )
    reminders: Reminders = Reminders()

    @model_validator(mode="after")
    def _closed_are_periods(self) -> Self:
        for key in self.closed:
            try:
                Period.parse(key)
            except ValueError:
                raise ValueError(f"{key!r} is not a period: write 2026, 2026-10 or 2026-W47") from None
        return self


class Retention(Declared):
    """How long the bytes of files that name persons are kept. Everything else is kept for ever."""

    person_files_days: int = Field(ge=1, le=36_500, description="days after the file was last handed in")


class Locale(Declared):
    """How the country writes numbers and dates in spreadsheets."""

    decimal: Literal[".", ","] = "."
    thousands: Literal[",", ".", " ", "'"] = ","
    dates: Literal["dmy", "mdy", "ymd"] = "dmy"

    @model_validator(mode="after")
    def _marks_differ(self) -> Self:
        if self.decimal == self.thousands:
            raise ValueError(f"decimal and thousands are both {self.decimal!r}")
        return self


class Attribution(Declared):
    """A source that must be named where its data show."""

    what: Translated
    who: str
    licence: str
    url: str


class Country(Declared):
    """One country's whole declaration. `folder` is where it was read from."""

    folder: Path
    code: Id
    names: Translated
    languages: tuple[str, ...] = Field(min_length=1, description="the first is the country's own")
    timezone: Timezone
    currency: str
    root: str = Field(description="area code of the root of the chain")
    sample: bool = Field(False, description="whether the figures are made up; every page says so")
    attribution: tuple[Attribution, ...] = ()
    layers: tuple[Layer, ...] = Field(min_length=2, max_length=8, description="the chain, root first")
    age_groups: tuple[AgeGroup, ...] = ()
    calendar: Calendar = Calendar()
    locale: Locale = Locale()
    administrators: tuple[Administrator, ...]
    schemes: tuple[Scheme, ...]
    indicators: tuple[Indicator, ...] = ()
    gazetteer: GazetteerSource
    corrections: tuple[Correction, ...] = ()
    population: PopulationSource | None = None
    tile_grid: TileGrid | None = None
    sample_round: SampleRound | None = None
    checks: Mapping[str, Check] = Field({}, description="rule → how strict this country is")
    exchange: Exchange = Exchange()
    retention: Retention | None = Field(None, description="left out: nothing ends")
    grievances: Grievances | None = None
    roles: tuple[Role, ...] = ()
    committees: tuple[Committee, ...] = ()
    demo_accounts: tuple[DemoAccount, ...] = ()
    management_index: ManagementIndex | None = Field(None, description="left out: no index is shown")

    def __hash__(self) -> int:
        return hash(self.folder)

    def layer(self, layer_id: str) -> Layer:
        return next(layer for layer in self.layers if layer.id == layer_id)

    @cached_property
    def depths(self) -> dict[str, int]:
        """Layer id → its depth in the chain, 0 for the root's."""
        return {layer.id: depth for depth, layer in enumerate(self.layers)}

    def depth(self, layer_id: str) -> int:
        return self.depths[layer_id]

    def scheme(self, scheme_id: str) -> Scheme:
        return next(scheme for scheme in self.schemes if scheme.id == scheme_id)

    def indicator(self, indicator_id: str) -> Indicator:
        return next(indicator for indicator in self.indicators if indicator.id == indicator_id)

    def role(self, role_id: str) -> Role:
        return next(role for role in self.roles if role.id == role_id)

    @property
    def visitor(self) -> str | None:
        """The role of somebody who is not signed in; None where there are no roles, and everybody may do all."""
        role = visitor_among(self.roles, self.sample)
        return role.id if role else None

    @property
    def sample_visitor(self) -> str | None:
        """The role of somebody who is not signed in while the figures are made up."""
        role = visitor_among(self.roles, sample=True)
        return role.id if role else None

    def committee(self, layer_id: str) -> Committee | None:
        """How a layer signs; None where it has no committee."""
        return next((committee for committee in self.committees if committee.layer == layer_id), None)

    def ages(self, named: tuple[str, ...]) -> tuple[str, ...]:
        """The age groups that a scheme or denominator means: those named, or all."""
        return named or tuple(group.id for group in self.age_groups)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table that the folder names, its own and those in packages."""
        people = self.population
        named = (people.table, people.structure, people.shares) if people else ()
        return (*self.gazetteer.sources, *(table for table in named if table))

    @property
    def tiles(self) -> dict[str, Tile]:
        """Area code → its place on the tile-grid map; empty where none is drawn."""
        return self.tile_grid.places() if self.tile_grid else {}
