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


class Element(Declared):
    """Where the number of another system's data element goes."""

    dataset: str
    column: str = Field(description="the column that holds the number")
    row: Mapping[str, str] = Field({}, description="column → value that the element itself implies")


class Dimension(Declared):
    """A disaggregation: either one column with a value for each option, or columns for each option."""

    column: str | None = None
    options: Mapping[str, str | Mapping[str, str]] = {}


class System(Declared):
    """How the codes of another system are read."""

    elements: Mapping[str, Element]
    places: Mapping[str, str] = Field({}, description="the system's code → area code; others keep theirs")
    dimensions: Mapping[str, Dimension] = {}


class Exchange(Declared):
    """The systems whose files are understood."""

    dhis2: System | None = None
    adx: System | None = None
