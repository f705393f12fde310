"""What is due from an area and below it, what became of it, and how well it is kept to."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from dashboards.models.area import Area
from dashboards.models.doubt import Doubt


@dataclass(frozen=True)
class ReportingCalendar:
    """What one area's calendar shows. Rows are those of the marts, as dictionaries by column."""

    above: tuple[Area, ...]
    area: Area
    below: tuple[Area, ...]
    today: dt.date
    due: tuple[dict[str, Any], ...]
    outcomes: tuple[dict[str, Any], ...]
    outstanding: tuple[dict[str, Any], ...]
    periods: tuple[str, ...]
    period: str | None
    children: tuple[dict[str, Any], ...] = ()
    index: tuple[dict[str, Any], ...] = ()
    service_levels: tuple[dict[str, Any], ...] = ()
    dwell_times: tuple[dict[str, Any], ...] = ()
    doubt: Doubt | None = None

    def named(self, code: str) -> Area:
        """The area itself, or one right below it."""
        return next((area for area in self.below if area.code == code), self.area)
