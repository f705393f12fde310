"""How many of the returns expected have come, and how many by their due day."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reporting:
    """A row of mart.reporting_rate: returns expected in an area and below, and what became of them."""

    area: str
    period: str
    dataset: str
    expected: int
    received: int
    on_time: int
    late: int
    partial: int
    zero: int
    missing: int

    @property
    def rate(self) -> float | None:
        """The share of expected returns received."""
        return self.received / self.expected if self.expected else None

    @property
    def on_time_rate(self) -> float | None:
        """The share of expected returns received by their due day."""
        return self.on_time / self.expected if self.expected else None
