"""Reporting periods: a year `2026`, a month `2026-10`, an ISO week `2026-W47`."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

SHAPE = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<month>\d{2})|W(?P<week>\d{2})))?")

FORMATS = {"Y": "%Y", "M": "%Y-%m", "W": "%G-W%V"}
"""Kind of period → how the key of a day's period is written."""


@dataclass(frozen=True, order=True)
class Period:
    """One reporting period. `id` sorts by year and is the warehouse's key: 2026000, 2026110, 2026247."""

    id: int
    key: str
    kind: str  # Y, M or W
    starts_on: date
    ends_on: date

    @classmethod
    @lru_cache(maxsize=4096)
    def parse(cls, key: str) -> Period:
        """Raises ValueError for a key that names no real year, month or ISO week."""
        match = SHAPE.fullmatch(key)
        if not match:
            raise ValueError(f"{key!r} is not a period: write 2026, 2026-10 or 2026-W47")
        year = int(match["year"])
        if match["month"]:
            month = int(match["month"])
            first = date(year, month, 1)
            return cls(
                year * 1000 + 100 + month, key, "M", first, first.replace(day=monthrange(year, month)[1])
            )
        if match["week"]:
            week = int(match["week"])
            monday = date.fromisocalendar(year, week, 1)
            return cls(year * 1000 + 200 + week, key, "W", monday, monday + timedelta(days=6))
        return cls(year * 1000, key, "Y", date(year, 1, 1), date(year, 12, 31))

    @property
    def before(self) -> str:
        """The key of the period of the same length right before this one."""
        return f"{self.starts_on - timedelta(days=1):{FORMATS[self.kind]}}"

    @classmethod
    def id_of(cls, key: str) -> int:
        """The `id` of a period with this key; 0, which is none's, where it names none."""
        try:
            return cls.parse(key).id
        except ValueError:
            return 0

    @staticmethod
    def key_of(id: int) -> str:
        """The key of the period with this `id`: 2026110 → 2026-10."""
        year, rest = divmod(int(id), 1000)
        kind, number = divmod(rest, 100)
        return str(year) if not kind else f"{year}-{number:02}" if kind == 1 else f"{year}-W{number:02}"
