"""Schemes: who runs them, whom they are for, and which layer reports them when."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from countries.declarations.declared import Declared, Id, Translated

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


Unit = Literal["persons", "households", "job_days", "projects", "services"]
"""What a scheme's figures count. Persons and other units are never added."""

RequestedColumn = Literal[
    "applied", "accepted", "refused", "waiting", "first_paid", "paid_on_time", "records_updated"
]
"""Columns of `scheme_returns` that are in a template only where a scheme asks for them."""


class Administrator(Declared):
    """The body that runs a scheme."""

    id: Id
    names: Translated


class Eligible(Declared):
    """Who may be covered; nothing named means everybody."""

    sexes: tuple[Sex, ...] = ()
    age_groups: tuple[str, ...] = ()


class Scheme(Declared):
    """A social-protection scheme: who runs and may get it, and the returns that its areas owe."""

    id: Id
    names: Translated
    counts: Translated = Field(description="whom the return's `beneficiaries` counts, in words")
    administrator: str = Field(description="id of one of the administrators")
    function: Function = Field(description="a branch of ILO Convention 102, or social assistance")
    guarantee: Guarantee = Field(description="one of the four of ILO Recommendation 202, paragraph 5")
    kind: Kind = Field(description="how it is financed, or whom it takes")
    layer: str = Field(description="the layer whose areas report the scheme")
    frequency: Literal["M", "Y"] = Field(description="M for monthly, Y for yearly returns")
    due_days: int = Field(ge=0, le=400, description="days after the end of the period")
    unit: Unit = Field("persons", description="what `beneficiaries` counts")
    reports: tuple[RequestedColumn, ...] = Field(
        (), description="further columns that the scheme's returns are asked for"
    )
    place_not_known: tuple[str, ...] = Field(
        (),
        description="layers above `layer` whose areas may report persons who cannot be placed in an area of `layer`",
    )
    by_age: bool = Field(False, description="whether returns are broken down by age group")
    cash: bool = Field(True, description="whether the benefit is paid in cash")
    eligible: Eligible = Eligible()
    starts: date | None = Field(None, description="first day of the scheme; no return is expected before")
    ends: date | None = Field(None, description="last day of the scheme")
    source: str = Field(description="where the facts stand")

    @property
    def sexes_told_apart(self) -> tuple[Sex, ...]:
        """Sexes of which every return owes a line: those for whom the scheme is meant, else women and men."""
        return tuple(sex for sex in self.eligible.sexes or ("F", "M") if sex != "U")

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.starts and self.ends and self.ends < self.starts:
            raise ValueError(f"ends on {self.ends}, before it starts on {self.starts}")
        return self
