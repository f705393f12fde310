"""How numbers and dates are written, how long files are kept, and which sources are named."""

from typing import Literal, Self

from pydantic import Field, model_validator

from countries.declarations.declared import Declared, Translated


class Locale(Declared):
    """How the country writes numbers and dates in spreadsheets."""

    decimal: Literal[".", ","] = "."
    thousands: Literal[",", ".", " ", "'"] = ","
    dates: Literal["dmy", "mdy", "ymd"] = "dmy"
    cents: bool | None = Field(
        default=None, description="whether amounts have decimals; left out: as the currency does"
    )

    @model_validator(mode="after")
    def _marks_differ(self) -> Self:
        if self.decimal == self.thousands:
            raise ValueError(f"decimal and thousands are both {self.decimal!r}")
        return self


class Retention(Declared):
    """How long the bytes of files that name persons are kept. Everything else is kept for ever."""

    person_files_days: int = Field(ge=1, le=36_500, description="days after the file was last handed in")


class Attribution(Declared):
    """A source that must be named where its data show."""

    what: Translated
    who: str
    licence: str
    url: str
