"""Grievances of an area in one month, counted by layer, category, channel and area."""

from dataclasses import dataclass

from dashboards.models.area import Area


@dataclass(frozen=True)
class GrievanceCounts:
    """Counts of a month. Medians are the lowest and highest of the areas that resolved any, in days."""

    key: str | None  # layer, category, channel or area code
    received: int
    women: int
    men: int
    resolved: int
    escalated: int
    pending: int
    pending_slow: int
    median_low: float | None
    median_high: float | None


@dataclass(frozen=True)
class Month:
    """What became of an area's grievances in a month, at all layers together."""

    period: str
    resolved: int
    pending: int
    pending_slow: int


@dataclass(frozen=True)
class Grievances:
    """What one area's page of grievances shows; no period where none has come."""

    above: tuple[Area, ...]
    area: Area
    below: tuple[Area, ...]
    periods: tuple[str, ...]
    period: str | None
    by_layer: tuple[GrievanceCounts, ...] = ()
    by_category: tuple[GrievanceCounts, ...] = ()
    by_channel: tuple[GrievanceCounts, ...] = ()
    by_area: tuple[GrievanceCounts, ...] = ()
    months: tuple[Month, ...] = ()  # oldest first
