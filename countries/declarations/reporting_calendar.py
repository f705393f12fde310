"""When returns are due, closed and reminded of."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from countries.declarations.declared import Declared
from countries.period import Period

Grace = Annotated[int, Field(ge=0, le=100)]


class Reminders(Declared):
    """When those are reminded who still owe a return, and when the layer above hears of it."""

    before_days: int = Field(default=3, ge=1, le=60, description="days before the due day")
    after_days: int = Field(default=1, ge=1, le=60, description="days after the due day")
    escalate_days: int = Field(default=7, ge=1, le=120, description="days after the due day")

    @model_validator(mode="after")
    def _escalates_last(self) -> Self:
        if self.escalate_days <= self.after_days:
            raise ValueError(
                f"escalates {self.escalate_days} days after the due day, not later than the reminder after"
                f" {self.after_days}; the layer above hears of it last"
            )
        return self


class FlashCalendar(Declared):
    """Who files the weekly flash report, when it is due, and how its items travel up the chain."""

    layer: str = Field(description="lowest layer that files the weekly flash report")
    due_days: int = Field(ge=0, le=60, description="days after the week's Sunday")
    items_per_list: int = Field(
        5, ge=1, le=50, description="items of each list that an area sends to the layer above; the rest stay"
    )
    answer_days: int = Field(
        14, ge=1, le=365, description="days within which whoever holds an item that names no day settles it"
    )


class Calendar(Declared):
    """When what is handed in: flash reports, closed periods, days of grace and reminders."""

    flash_reports: FlashCalendar | None = None
    closed: tuple[str, ...] = Field(default=(), description="periods for which nothing is taken in any more")
    closes_after_days: Mapping[str, int] = Field(
        default={},
        description="dataset → days after a period's end from which on nothing is taken in; left out: never",
    )
    grace_days: Mapping[str, Grace] = Field(
        default={},
        description="dataset → days after the due day in which a return is late, but not yet missing; left out: none",
    )
    reminders: Reminders = Reminders()

    @model_validator(mode="after")
    def _closed_are_periods(self) -> Self:
        for key in self.closed:
            try:
                Period.parse(key)
            except ValueError:
                raise ValueError(f"{key!r} is not a period: write 2026, 2026-10 or 2026-W47") from None
        return self
