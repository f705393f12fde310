"""What a country declares: frozen objects, each field saying what it means.

The models hold the rules that concern one object. Rules between objects (a scheme that names a layer) are in
`rules.py`; reading a folder into these objects is `country.py`.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

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
ItemKind = Literal["done", "next", "risk", "decision"]

TRANSLATED = "translated"
Translated = Annotated[Mapping[str, str], TRANSLATED]
"""A text by language. `rules.py` asks for every language of the country."""


def _regular_expression(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"{text!r} is not a regular expression: {error}") from error
    return text


Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_\-]*$")]
Pattern = Annotated[str, AfterValidator(_regular_expression)]


class Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


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


class Calendar(Declared):
    flash_reports: FlashCalendar | None = None


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


class Table(Declared):
    """A CSV file with a header, in the country folder or in an installed package."""

    file: str
    package: str | None = Field(None, description="Python package that holds the file; left out: this folder")
    delimiter: str = ","


class AreaColumns(Declared):
    """Which column of the table says what."""

    code: str
    parent: str | None = Field(None, description="left out: the parent is the root")
    layer: str | None = Field(None, description="column with layer ids, for one table of several layers")
    names: Mapping[str, str] = Field(description="language → column")
    valid_from: str | None = None
    valid_to: str | None = None


class AreaSource(Table):
    layer: str | None = Field(None, description="the layer of every row; or name a column in `columns.layer`")
    columns: AreaColumns

    @model_validator(mode="after")
    def _one_way_to_the_layer(self) -> Self:
        if (self.layer is None) == (self.columns.layer is None):
            raise ValueError("give either `layer` or `columns: layer:`, and not both")
        return self


class GazetteerSource(Declared):
    edition: str
    valid_from: date = Field(description="for areas that have no date of their own")
    nested_codes: bool = Field(False, description="whether an area's code begins with its parent's")
    sources: tuple[AreaSource, ...] = Field(min_length=1)


class Recode(Declared):
    printed: str = Field(description="the code in the table")
    name: str = Field(description="one of the names in the table, so that exactly one row is meant")
    code: str = Field(description="the code to use")


class Rename(Declared):
    code: str
    names: Mapping[str, str] = Field(min_length=1)


class Move(Declared):
    children_of: str = Field(description="the parent code in the table")
    to: str = Field(description="the parent to use")


class Dating(Declared):
    code: str
    valid_from: date | None = None
    valid_to: date | None = None
    former_codes: tuple[str, ...] = ()


class Acceptance(Declared):
    doubt: Literal["foreign_code", "no_children", "same_name"]
    codes: tuple[str, ...] = Field(min_length=1)


class Correction(Declared):
    """A fault of the gazetteer's tables, dealt with in the open: what, when and why."""

    id: Id
    date: date
    because: str = Field(min_length=20, description="what is wrong, and what speaks for the remedy")
    layer: str = Field(description="the layer of the areas concerned")
    parent: str | None = Field(None, description="with `recode`: only rows printed under this parent")
    recode: tuple[Recode, ...] = ()
    rename: tuple[Rename, ...] = ()
    move: Move | None = None
    dating: tuple[Dating, ...] = ()
    accept: Acceptance | None = None

    @model_validator(mode="after")
    def _one_remedy(self) -> Self:
        remedies = (self.recode, self.rename, self.move, self.dating, self.accept)
        if sum(map(bool, remedies)) != 1:
            raise ValueError("give exactly one remedy: recode, rename, move, dating or accept")
        return self


class AgeStructure(Table):
    """Persons of the whole country by year, sex and age band, as a statistical office publishes them."""

    where: Mapping[str, str] = Field({}, description="column → value of the rows to use")
    year: str
    sex: str
    age: str = Field(description="column with the lowest age of the band")
    persons: str
    sexes: Mapping[str, Literal["F", "M"]] = Field(description="the table's word for a sex → F or M")


class Shares(Table):
    """Persons by area of one layer, used for their proportions only."""

    layer: str
    code: str
    persons: str


class PopulationSource(Declared):
    """Either a table in the columns of the `population` dataset, or an estimate from structure × shares."""

    table: Table | None = None
    years: tuple[int, ...] = ()
    source: str = Field("", description="cited with every estimated figure, so keep it short")
    method: Annotated[Mapping[str, str] | None, TRANSLATED] = Field(
        None, description="how the estimate was made, in words"
    )
    structure: AgeStructure | None = None
    shares: Shares | None = None

    @model_validator(mode="after")
    def _table_or_estimate(self) -> Self:
        estimate = bool(self.structure and self.years and self.source)
        if estimate == (self.table is not None):
            raise ValueError("give either `table`, or `structure` with `years` and `source`")
        return self


class Tile(NamedTuple):
    column: int
    row: int
    label: str


class TileGrid(Declared):
    """A map that fits on a phone: areas drawn as equal tiles, each word of the drawing one label."""

    layer: str
    drawing: str = Field(description="a line a row, labels between blanks, dots for empty places")
    labels: Mapping[str, str] = Field(description="label in the drawing → area code")

    @model_validator(mode="after")
    def _drawing_and_labels_agree(self) -> Self:
        drawn = [word for word in self.drawing.split() if word.strip(".")]
        if twice := {word for word in drawn if drawn.count(word) > 1}:
            raise ValueError(f"drawn twice: {', '.join(sorted(twice))}")
        if odd := set(drawn) ^ set(self.labels):
            raise ValueError(f"in the drawing or among the labels, but not in both: {', '.join(sorted(odd))}")
        return self


class SchemeRound(Declared):
    """How one scheme looks in the made-up round. Logits: 0.2 is about five points around the middle."""

    level: float = Field(default=0.3, gt=0, lt=1, description="share of the eligible in the last period")
    contributors: float = Field(default=0, ge=0, lt=1, description="share who contribute; 0: no column")
    women: float = Field(default=0, description="women above men, in logits")
    ages: Mapping[str, float] = Field(default={}, description="age group → logits above or below the others")
    growth: float = Field(default=0.03, description="growth from one period to the next, in logits")
    amount: int = Field(default=0, ge=0, description="paid to a person in a period; 0: no column")
    unstated: float = Field(
        default=0, ge=0, le=1, description="share of areas that know some persons' sex not"
    )


class SampleRound(Declared):
    """The made-up reporting round that shows a country without real figures."""

    seed: int = 1
    months: tuple[str, ...] = ("2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10")
    weeks: tuple[str, ...] = ("2026-W42", "2026-W43", "2026-W44", "2026-W45", "2026-W46", "2026-W47")
    schemes: Mapping[str, SchemeRound] = {}
    leaning: Mapping[str, Mapping[str, float]] = Field(
        default={}, description="scheme kind → area code → logits above or below the country"
    )
    flash_items: Mapping[str, Mapping[ItemKind, tuple[str, ...]]] = Field(
        default={}, description="layer → kind of item → texts to draw from"
    )


class Country(Declared):
    """One country's whole declaration. `folder` is where it was read from."""

    folder: Path
    code: Id
    names: Translated
    languages: tuple[str, ...] = Field(min_length=1, description="the first is the country's own")
    timezone: str
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

    def ages(self, named: tuple[str, ...]) -> tuple[str, ...]:
        """The age groups that a scheme or denominator means: those named, or all."""
        return named or tuple(group.id for group in self.age_groups)

    @cached_property
    def tiles(self) -> dict[str, Tile]:
        """Area code → its place on the tile-grid map; empty where none is drawn."""
        if self.tile_grid is None:
            return {}
        rows = [line.split() for line in self.tile_grid.drawing.strip().splitlines()]
        return {
            self.tile_grid.labels[label]: Tile(column, row, label)
            for row, labels in enumerate(rows)
            for column, label in enumerate(labels)
            if label.strip(".")
        }
