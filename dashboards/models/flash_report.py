"""A week's flash report of an area: five axes, and the lines of its four lists."""

import datetime as dt
from dataclasses import dataclass

AXES = (
    "institutional_arrangement",
    "human_resources",
    "communication_enrolment",
    "process_tools",
    "project_management",
)


@dataclass(frozen=True)
class Flash:
    """A row of mart.flash_report: five axes in percent advanced (0–100), and who sent."""

    area: str
    week: str
    origin: str
    axes: dict[str, float | None]
    expected: int | None
    received: int | None
    laggards: tuple[str, ...]
    status: str


@dataclass(frozen=True)
class Item:
    """A line of a flash report's lists: `kind` is done, next, risk or decision; `names` are its area's."""

    area: str
    names: dict[str, str]
    kind: str
    text: str
    week: str | None
    needs_layer: str | None = None
    due: dt.date | None = None
    times: int = 1  # so often it is asked, in the same words
