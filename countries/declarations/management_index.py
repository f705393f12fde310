"""How a country weighs the reporting of its areas."""

from typing import Literal, Self, get_args

from pydantic import Field, model_validator

from countries.declarations.declared import Declared

Part = Literal["timeliness", "completeness", "corrections", "grievances"]
"""timeliness: returns on time of those expected; late ones within the days of grace count in part. completeness:
returns received of those expected. corrections: returns received that needed none. grievances: resolved of those
resolved or pending."""

PARTS: tuple[Part, ...] = get_args(Part)


class ManagementIndex(Declared):
    """The weighted mean of the parts for which there are data, each between 0 and 1.

    After Brazil's Índice de Gestão Descentralizada (IGD), which pays municipalities by how well they keep a register.
    """

    weights: dict[Part, float] = Field(min_length=1, description="part → weight; they add up to 1")
    in_grace: float = Field(
        0, ge=0, le=1, description="how much of a timely return one counts that comes in the days of grace"
    )
    least_parts: int = Field(
        2, ge=1, le=4, description="with fewer parts that have data no index is shown, only the parts"
    )

    @model_validator(mode="after")
    def _weights_add_up(self) -> Self:
        if any(weight <= 0 for weight in self.weights.values()):
            raise ValueError("a weight is not above 0; leave the part out instead")
        if abs(sum(self.weights.values()) - 1) > 1e-9:
            raise ValueError(f"the weights add up to {sum(self.weights.values()):g}, not to 1")
        if self.least_parts > len(self.weights):
            raise ValueError(f"`least_parts` is {self.least_parts}, and there are {len(self.weights)} parts")
        return self
