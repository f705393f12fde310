"""A dataset's contract: its columns, declared once in `contracts/<dataset>.yaml`, parsed into frozen objects.

Everything else that knows a column is generated from here: dtypes, the Great Expectations suite, templates,
the annotated file, the documentation page, the API schema. What all columns of a type share: `types.yaml`.
"""

from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from sala.errors import NotFound

FOLDER = Path(__file__).parent

ColumnType = Literal[
    "period", "area", "scheme", "indicator", "layer", "administrator", "channel", "sex", "age_group", "disability",
    "group", "choice",
    "count", "money", "percent", "number", "year", "date", "text", "person",
]  # fmt: skip
Severity = Literal["reject", "hold", "warn"]
Text = Mapping[str, str]
"""A text in each of `LANGUAGES`."""

LANGUAGES = ("en", "km", "fr")
NUMERIC = frozenset({"count", "money", "percent", "number", "year"})
LISTED = frozenset(
    {
        "scheme",
        "indicator",
        "layer",
        "administrator",
        "channel",
        "sex",
        "age_group",
        "disability",
        "group",
        "choice",
    }
)
SUBJECTS = ("scheme", "indicator", "administrator")
"""What a return can be about, beside its period and area: at most one of them."""
TOTAL = "_T"
"""The code for all together, as in SDMX."""


def in_language(text: Text, language: str) -> str:
    """The text in the language, or else in English, or else in the first that there is."""
    return text.get(language) or text.get("en") or next(iter(text.values()))


class _Declared(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="after")
    def _texts_in_every_language(self) -> "_Declared":
        for name in ("title", "label", "description", "wrong", "fix"):
            text = getattr(self, name, None)
            if text is not None and (missing := set(LANGUAGES) - set(text)):
                raise ValueError(f"`{name}` is missing in {', '.join(sorted(missing))}")
        return self


class Column(_Declared):
    """One column. A value left empty is missing; a file may leave out a column that is not required."""

    name: str = Field(pattern=r"^[a-z][a-z_]*$")
    type: ColumnType
    dtype: str = Field(description="pandas dtype of the judged column")
    label: Text
    description: Text
    wrong: Text = Field(description="said of a value that has not the form, or is not on the list")
    fix: Text
    required: bool = False
    unit: Literal["persons", "currency", "percent", "days", "grievances"] | None = None
    pattern: str | None = Field(None, description="regular expression for the whole cleaned value")
    minimum: float | None = None
    maximum: float | None = None
    maximum_length: int | None = None
    choices: tuple[str, ...] = Field((), description="the values allowed; the country's own where left out")
    total: bool = Field(False, description="whether _T, all together, may stand beside the codes")
    kinds: tuple[Literal["M", "Y", "W"], ...] = Field((), description="of a period: month, year, week")
    of_scheme: bool = Field(False, description="of a period: its kind is the scheme's frequency")
    not_future: bool = Field(False, description="of a period or year: it has begun")
    years_ahead: int | None = Field(
        None,
        description="of a period or year that may lie ahead: how many years at most, unless it is confirmed",
    )
    on_request: bool = Field(
        False,
        description="in templates only where the country asks for it; absent from the good rows of a file without it",
    )
    private: bool = Field(False, description="the value names a person and is never shown or logged")
    severity: Mapping[str, Severity] = Field({}, description="rule → severity, where it is not reject")
    example: str | None = None

    @property
    def numeric(self) -> bool:
        """Whether its values are numbers."""
        return self.type in NUMERIC

    @property
    def listed(self) -> bool:
        """Whether only the codes of a list are allowed."""
        return self.type in LISTED


class Contract(_Declared):
    """One dataset. `return_key` names the return a line belongs to, `line_key` the line within the file."""

    dataset: str
    title: Text
    description: Text
    area_layer: Literal["scheme", "flash", "any"]
    return_key: tuple[str, ...]
    line_key: tuple[str, ...]
    counted: str | None = Field(None, description="the column that makes a return's total")
    named_by_sender: bool = Field(
        False,
        description="a file is taken for it only where its sender says so: its columns are those of another, too",
    )
    edited_on_a_page: bool = Field(
        False,
        description="its page shows what stands while it is edited: what comes from there replaces it unasked",
    )
    severity: Mapping[str, Severity] = Field(
        {}, description="rule → severity, where it is not the rule's own"
    )
    limits: Mapping[str, Mapping[str, float]] = Field(
        {}, description="rule → those of its limits that are not the rule's own"
    )
    columns: tuple[Column, ...]

    @model_validator(mode="after")
    def _keys_are_columns(self) -> "Contract":
        for key in (*self.return_key, *self.line_key, *filter(None, [self.counted])):
            if key not in self.names:
                raise ValueError(f"key `{key}` is not a column")
        return self

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all columns, in the order of the file."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The names of the columns that no file may leave out."""
        return tuple(column.name for column in self.columns if column.required)

    @cached_property
    def subject(self) -> str | None:
        """The column that says what a return is about, beside period and area."""
        return next((name for name in SUBJECTS if name in self.return_key), None)

    @cached_property
    def period(self) -> Column | None:
        """The column that dates a return: a period or, in yearly datasets, a year."""
        dated = (column for column in self.columns if column.type in ("period", "year"))
        return next((column for column in dated if column.name in self.return_key), None)

    @cached_property
    def dtypes(self) -> dict[str, str]:
        """Column → pandas dtype of the good rows of a verdict."""
        return {column.name: column.dtype for column in self.columns}

    @cached_property
    def names_persons(self) -> bool:
        """Whether it has a private column. No cell of such a file is repeated, in whichever column it stands."""
        return any(column.private for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name. Raises StopIteration where the contract has none."""
        return next(column for column in self.columns if column.name == name)

    def typed(self, *types: ColumnType) -> list[Column]:
        """The columns of any of these types, in the order of the file."""
        return [column for column in self.columns if column.type in types]


@cache
def contracts() -> dict[str, Contract]:
    """Dataset → contract, in the order of the files."""
    types = yaml.safe_load((FOLDER / "types.yaml").read_text("utf-8"))
    read = (_parse(path, types) for path in sorted(FOLDER.glob("*.yaml")) if path.stem != "types")
    return {contract.dataset: contract for contract in read}


def contract(dataset: str) -> Contract:
    """The contract of a dataset. Raises NotFound."""
    try:
        return contracts()[dataset]
    except KeyError:
        raise NotFound("unknown_dataset", dataset=dataset, datasets=list(contracts())) from None


def _parse(path: Path, types: Mapping[str, Any]) -> Contract:
    declared = yaml.safe_load(path.read_text("utf-8"))
    declared["columns"] = [types[column["type"]] | column for column in declared["columns"]]
    return Contract.model_validate(declared)
