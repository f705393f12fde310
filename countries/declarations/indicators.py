"""Indicators: whom they count, out of whom, and why the schemes add up or only bound it."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from countries.declarations.declared import Declared, Id, Translated
from countries.declarations.schemes import Guarantee, Sex

Measure = Literal["beneficiaries", "contributors", "registered"]


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
    """A share of the population that schemes cover: what is divided by what, why it matters, and its source."""

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
