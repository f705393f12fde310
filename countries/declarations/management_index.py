"""How a country weighs the reporting of its areas, and the money that follows."""

from collections.abc import Mapping
from typing import Literal, Self, get_args

from pydantic import Field, model_validator

from countries.declarations.declared import Declared

Part = Literal["timeliness", "completeness", "corrections", "grievances"]
"""timeliness: returns on time of those expected; late ones within the days of grace count in part. completeness:
returns received of those expected. corrections: returns received that needed none. grievances: resolved of those
resolved or pending."""

PARTS: tuple[Part, ...] = get_args(Part)


class Factor(Declared):
    """What the weighted mean is multiplied by."""

    of: str = Field(description="a part of the reporting, or the id of an indicator")
    at_least: float | None = Field(
        None, description="a yes or no: 1 where it is at least this, else 0; left out: its value multiplies"
    )


class Money(Declared):
    """What an area gets: index × amount × what the indicator counts there; nothing below a minimum."""

    amount: float = Field(
        gt=0, description="in the national currency, for each that is counted at an index of 1"
    )
    per: str = Field(description="id of the indicator whose numerator is counted")


class ManagementIndex(Declared):
    """The weighted mean of the terms for which there are data, times every factor.

    After Brazil's Índice de Gestão Descentralizada (IGD), which pays municipalities by how well they keep a register.
    """

    weights: dict[str, float] = Field(
        min_length=1,
        description="term → weight; they add up to 1. A term is a part of the reporting (timeliness, completeness, "
        "corrections, grievances) or the id of an indicator",
    )
    factors: tuple[Factor, ...] = Field(
        (), description="what the mean is multiplied by; without data for one there is no index"
    )
    minima: Mapping[str, float] = Field(
        {}, description="`index`, a term or a factor → the least it must be for money to follow"
    )
    money: Money | None = Field(None, description="left out: no money follows")
    in_grace: float = Field(
        0, ge=0, le=1, description="how much of a timely return one counts that comes in the days of grace"
    )
    least_parts: int = Field(
        2, ge=1, description="with fewer terms that have data no index is shown, only the terms"
    )

    @property
    def names(self) -> tuple[str, ...]:
        """Every term and factor once: the parts of the reporting first, then indicators as they are declared."""
        declared = dict.fromkeys([*self.weights, *(factor.of for factor in self.factors)])
        return (
            *(part for part in PARTS if part in declared),
            *(name for name in declared if name not in PARTS),
        )

    @model_validator(mode="after")
    def _weights_add_up(self) -> Self:
        if any(weight <= 0 for weight in self.weights.values()):
            raise ValueError("a weight is not above 0; leave the term out instead")
        if abs(sum(self.weights.values()) - 1) > 1e-9:
            raise ValueError(f"the weights add up to {sum(self.weights.values()):g}, not to 1")
        if self.least_parts > len(self.weights):
            raise ValueError(f"`least_parts` is {self.least_parts}, and there are {len(self.weights)} terms")
        if unknown := sorted(set(self.minima) - {"index", *self.names}):
            raise ValueError(f"`minima` names {', '.join(unknown)}, which is no term or factor, nor `index`")
        return self
