"""A figure of an indicator: its value where it is known, else its bounds."""

import datetime as dt
from dataclasses import dataclass

WOMEN, MEN, TOTAL = "F", "M", "_T"


@dataclass(frozen=True)
class Figure:
    """A present row of mart.indicator_history. Shares are fractions and may pass 1; None is not known."""

    indicator: str
    area: str
    period: str
    sex: str
    numerator: float | None
    denominator: float | None
    value: float | None
    low: float | None
    high: float | None
    completeness: float | None
    status: str
    known_from: dt.datetime | None = None
    low_count: float | None = None  # bounds as persons, for where there is no denominator
    high_count: float | None = None

    @property
    def count(self) -> float | None:
        """Persons counted, or the fewest that there must be."""
        return self.numerator if self.numerator is not None else self.low_count

    @property
    def known(self) -> bool:
        """Whether anything at all can be said as a share."""
        return self.value is not None or self.low is not None

    @property
    def says_something(self) -> bool:
        """Whether a share, a count or bounds of either are known."""
        return self.known or self.numerator is not None or self.high_count is not None
