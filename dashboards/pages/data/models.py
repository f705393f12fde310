"""What the grid asks for, in AG Grid's words."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from dashboards.server.callback_requests import Language, PeriodCode, Sent

MOST_ROWS = 1_000


class Shown(Sent):
    """Which figures the page shows."""

    period: PeriodCode
    level: str
    language: Language


class Condition(Sent):
    """What a column is filtered by."""

    filterType: Literal["text", "number"] = "text"
    type: str
    filter: Annotated[float, Field(allow_inf_nan=False)] | str | None = None
    filterTo: Annotated[float, Field(allow_inf_nan=False)] | str | None = None

    @model_validator(mode="after")
    def _numbers(self) -> Condition:
        if self.filterType == "number" and any(
            isinstance(value, str) for value in (self.filter, self.filterTo)
        ):
            raise ValueError("is no number")
        return self


class Sort(Sent):
    """What the rows are ordered by."""

    colId: str
    sort: Literal["asc", "desc"]


class Slice(Sent):
    """Rows from one place up to another, so many at most."""

    startRow: Annotated[int, Field(ge=0, le=2**31 - 1)]
    endRow: Annotated[int, Field(ge=0, le=2**31 - 1)]
    filterModel: dict[str, Condition] | None = None
    sortModel: list[Sort] | None = None

    @model_validator(mode="after")
    def _not_too_many(self) -> Slice:
        if not self.startRow <= self.endRow <= self.startRow + MOST_ROWS:
            raise ValueError(f"are more rows than {MOST_ROWS}, or less than none")
        return self
