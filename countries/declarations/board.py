"""What a board is shown: when an area is red, amber or green, and which week's flash report is the newest."""

from typing import Self

from pydantic import Field, model_validator

from countries.declarations.declared import Declared


class Limit(Declared):
    """Where a figure is green, and where it is still amber; beyond that it is red."""

    green: float = Field(description="from here on it is green; of an indicator that should fall, up to here")
    amber: float = Field(description="from here on it is amber")

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        if self.green == self.amber:
            raise ValueError("`green` and `amber` are the same, so nothing can be amber")
        return self


class Board(Declared):
    """The scorecard of a board, and when a week is ripe for it."""

    scorecard: dict[str, Limit] = Field(default={}, description="indicator id → its limits, as fractions")
    complete_enough: float = Field(
        default=0.5,
        ge=0,
        le=1,
        description="a week whose due day has not passed is shown as the newest once so large a share of the areas "
        "has filed its flash report",
    )
