"""What the board's page says beside an area's figures: movements, colours, calls, decisions, money and the plan."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A row of mart.movement: `persons` and `share` are signed."""

    part: str
    persons: int
    share: float | None
    before_period: str
    before_persons: int
    persons_now: int
    before_value: float | None
    value: float | None
    bounded: bool


@dataclass(frozen=True)
class Source:
    """A row of mart.movement_source: where persons of a part came from or went to."""

    part: str
    source_code: str
    names: Mapping[str, str]
    scheme: str
    receipt: str | None
    persons: int


@dataclass(frozen=True)
class Colour:
    """A row of mart.scorecard: green, amber, red or unsure."""

    indicator: str
    area_code: str
    value: float | None
    lower_bound: float | None
    upper_bound: float | None
    state: str


@dataclass(frozen=True)
class Call:
    """A row of mart.doubt: a missing return, and by how much it would close the interval."""

    area_code: str
    names: Mapping[str, str]
    scheme: str
    persons: int | None
    closes: float | None


@dataclass(frozen=True)
class Decision:
    """A row of mart.open_decision: what is asked in the same words."""

    text: str
    decisions: int
    areas: int
    overdue: int
    escalated: int
    oldest_days: int
    due: dt.date | None
    of_area: int


@dataclass(frozen=True)
class Cost:
    """A row of mart.extension_cost, in the national currency a month."""

    indicator: str
    uncovered_at_least: int | None
    uncovered_at_most: int | None
    monthly_cost_at_least: float | None
    monthly_cost_at_most: float | None


@dataclass(frozen=True)
class Goal:
    """A row of mart.plan_progress."""

    indicator: str
    year: int
    target: float
    present: float | None
    lower_bound: float | None
    upper_bound: float | None
    arrival_year: int | None
    state: str


@dataclass(frozen=True)
class Consultation:
    """A row of mart.consultation: a point of a meeting, who was heard, what was decided."""

    held_on: dt.date
    point: str
    heard: str | None
    decision: str | None
    holder_code: str | None
    holder_names: Mapping[str, str] | None
    due: dt.date | None


@dataclass(frozen=True)
class Board:
    """Everything that the page says beside the area's profile."""

    parts: Sequence[Part]
    sources: Sequence[Source]
    scorecard: Sequence[Colour]
    calls: Sequence[Call]
    decisions: Sequence[Decision]
    costs: Sequence[Cost]
    goals: Sequence[Goal]
