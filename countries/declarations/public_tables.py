"""Public tables: what a release shows to everybody, and how persons in small cells are protected there."""

from typing import Literal, Self

from pydantic import Field, model_validator

from countries.declarations.declared import Declared, Id, Translated

Dimension = Literal["area", "sex", "age_group", "scheme", "indicator"]

PublicMeasure = Literal["numerator", "beneficiaries", "contributors", "registered", "new_enrolments", "exits"]
"""`numerator` is an indicator's; the others are columns of scheme returns."""


class PublicTable(Declared):
    """Counts of persons by area and other dimensions, with all their totals, for every area down to a layer.

    A count from 1 to `threshold` - 1 is small. By `suppress` it is left out, and with it as many others as keep it from
    being worked out; by `round` the finest counts below `base` become 0 or `base`, and the totals add those up.
    """

    id: Id
    names: Translated
    dimensions: tuple[Dimension, ...] = Field(min_length=1, description="`area` is one of them")
    layer: str = Field(description="the lowest layer whose areas are shown")
    measure: PublicMeasure = Field(description="what is counted")
    method: Literal["suppress", "round"] = Field(description="how small counts are protected")
    threshold: int = Field(5, ge=2, le=100, description="counts from 1 up to below it are small")
    base: int = Field(0, ge=0, le=100, description="of `round` alone; left out: the threshold")
    zeros: bool = Field(False, description="whether an empty cell is as secret as a small one")

    @property
    def rounding_base(self) -> int:
        """To whose multiples small counts are rounded."""
        return self.base or self.threshold

    @model_validator(mode="after")
    def _dimensions_fit(self) -> Self:
        if "area" not in self.dimensions:
            raise ValueError(f"`{self.id}` has no `area` among its dimensions; every public table has it")
        if len(set(self.dimensions)) < len(self.dimensions):
            raise ValueError(f"`{self.id}` names a dimension twice")
        subjects = {"indicator", "scheme"} & set(self.dimensions)
        wanted = {"indicator" if self.measure == "numerator" else "scheme"}
        if subjects != wanted:
            raise ValueError(
                f"`{self.measure}` is counted by {wanted.pop()}: `{self.id}` needs it, and it alone"
            )
        return self

    @model_validator(mode="after")
    def _the_base_hides_as_much_as_the_threshold(self) -> Self:
        if self.base and self.method == "suppress":
            raise ValueError(f"`base` is of tables that are rounded, and `{self.id}` is not")
        if self.base and self.base < self.threshold:
            raise ValueError(f"the base {self.base} hides less than the threshold {self.threshold}; raise it")
        return self
