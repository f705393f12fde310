"""How a country receives files: how strict its checks are, and how the codes of other systems are read."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field, model_validator

from countries.declarations.declared import Declared


class Check(Declared):
    """A rule of the validators as this country wants it. `jump: off` is short for `jump: {severity: off}`."""

    severity: Literal["reject", "hold", "warn", "off"] | None = None
    limits: Mapping[str, float] = Field({}, description="the rule's thresholds, by name")

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, declared: Any) -> Any:
        return {"severity": declared} if isinstance(declared, str) else declared


class Dimension(Declared):
    """A disaggregation: either one column with a value for each option, or columns for each option."""

    column: str | None = None
    options: Mapping[str, str | Mapping[str, str]] = {}


class Element(Declared):
    """Where the number of another system's data element goes."""

    dataset: str
    column: str = Field(description="the column that holds the number")
    row: Mapping[str, str] = Field({}, description="column → value that the element itself implies")
    dimensions: Mapping[str, Dimension] = Field(
        {},
        description="dimensions that mean something else for this element than `dimensions` of the system say",
    )


class System(Declared):
    """How the codes of another system are read."""

    elements: Mapping[str, Element]
    places: Mapping[str, str] = Field({}, description="the system's code → area code; others keep theirs")
    dimensions: Mapping[str, Dimension] = {}


class Measure(Declared):
    """A column of a published table that holds one of the numbers, and what its title says beside."""

    column: str = Field(description="the column of the dataset that holds the number")
    row: Mapping[str, str] = Field({}, description="column → value that the title implies")


class PublishedTable(Declared):
    """How a CSV or a sheet with foreign titles is read: one with a row of exactly the titles that are named here, below
    whatever stands above it.
    """

    dataset: str
    columns: Mapping[str, str] = Field({}, description="title → column of the dataset")
    measures: Mapping[str, Measure] = Field({}, description="title → number; each makes a line of every row")
    ignored: tuple[str, ...] = Field((), description="titles of columns that are not read, such as totals")
    row: Mapping[str, str] = Field({}, description="column → value that holds for all of the table")
    values: Mapping[str, Mapping[str, str | None]] = Field(
        {}, description="column → the table's word → value; `null` leaves the row out; other words stay"
    )

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles of all its columns, sorted."""
        return tuple(sorted((*self.columns, *self.measures, *self.ignored)))


class Exchange(Declared):
    """The systems and published tables whose files are understood."""

    dhis2: System | None = None
    adx: System | None = None
    tables: Mapping[str, PublishedTable] = {}
