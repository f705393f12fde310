"""Where a country's areas and people come from: tables, and what is corrected in them."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from countries.declarations.declared import TRANSLATED, Declared, Id


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
    """A table of areas, of one layer or of several."""

    layer: str | None = Field(None, description="the layer of every row; or name a column in `columns.layer`")
    columns: AreaColumns

    @model_validator(mode="after")
    def _one_way_to_the_layer(self) -> Self:
        if (self.layer is None) == (self.columns.layer is None):
            raise ValueError("give either `layer` or `columns: layer:`, and not both")
        return self


class GazetteerSource(Declared):
    """The tables that make the gazetteer, and the edition they are of."""

    edition: str
    valid_from: date = Field(description="for areas that have no date of their own")
    nested_codes: bool = Field(False, description="whether an area's code begins with its parent's")
    sources: tuple[AreaSource, ...] = Field(min_length=1)


class Recode(Declared):
    """A remedy: one row gets another code."""

    printed: str = Field(description="the code in the table")
    name: str = Field(description="one of the names in the table, so that exactly one row is meant")
    code: str = Field(description="the code to use")


class Rename(Declared):
    """A remedy: an area gets other names, by language."""

    code: str
    names: Mapping[str, str] = Field(min_length=1)


class Move(Declared):
    """A remedy: every area printed below one parent is put below another."""

    children_of: str = Field(description="the parent code in the table")
    to: str = Field(description="the parent to use")


class Dating(Declared):
    """A remedy: an area gets its first day, the first day on which it is gone, or the codes it had before."""

    code: str
    valid_from: date | None = None
    valid_to: date | None = None
    former_codes: tuple[str, ...] = ()


class Acceptance(Declared):
    """A remedy: what looks doubtful about these areas is right as it is printed."""

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
    """A table in the columns of the `population` dataset, an estimate from structure × shares, or neither where
    populations are handed in; and which year's population divides a period that has none of its own."""

    between_years: Literal["earlier", "linear"] = Field(
        "earlier",
        description="what divides in a year between two with a population: `earlier` the year before it; `linear` "
        "the straight line between both, area by area. After the last year its population goes on dividing; before "
        "the first there is no rate",
    )
    table: Table | None = None
    years: tuple[int, ...] = ()
    source: str = Field("", description="cited with every estimated figure, so keep it short")
    method: Annotated[Mapping[str, str] | None, TRANSLATED] = Field(
        None, description="how the estimate was made, in words"
    )
    structure: AgeStructure | None = None
    shares: Shares | None = None

    @property
    def made(self) -> bool:
        """Whether the folder brings a population itself."""
        return self.table is not None or self.structure is not None

    @model_validator(mode="after")
    def _table_or_estimate(self) -> Self:
        estimate = (bool(self.structure), bool(self.years), bool(self.source))
        handed_in = "between_years" in self.model_fields_set and not any(estimate)
        if all(estimate) == (self.table is not None) and not (handed_in and self.table is None):
            raise ValueError(
                "give either `table`, or `structure` with `years` and `source`; or `between_years` alone, where "
                "populations are handed in"
            )
        return self
