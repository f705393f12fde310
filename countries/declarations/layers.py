"""The chain of committees, and the groups by which persons are counted."""

from typing import Self

from pydantic import Field, model_validator

from countries.declarations.declared import Declared, Id, Pattern, Translated


class Layer(Declared):
    """One layer of the chain of committees."""

    id: Id
    names: Translated
    plurals: Translated
    code: Pattern = Field(".+", description="regular expression that every area code of the layer matches")


class GroupDimension(Declared):
    """What groups are values of: poverty, work, migration, residence."""

    id: Id
    names: Translated


class PopulationGroup(Declared):
    """A group beside sex, age and disability by which a scheme's persons may be broken down."""

    id: Id
    names: Translated
    dimension: str = Field(description="id of one of the group dimensions")


class AgeGroup(Declared):
    """Persons whose age lies within the two bounds, both included."""

    id: Id
    names: Translated
    low: int = Field(ge=0, description="lowest age in completed years")
    high: int | None = Field(None, description="highest age in completed years; left out: no upper end")

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.high is not None and self.high < self.low:
            raise ValueError(f"ends at {self.high}, before it begins at {self.low}")
        return self
