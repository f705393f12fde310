"""What is addressed to an area, and who has acknowledged it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from dashboards.models.area import Area


@dataclass(frozen=True)
class PublishedNotice:
    """A version of a notice as one area meets it."""

    notice_id: int
    number: int
    version: int
    kind: str
    publisher: dict[str, str]
    area: dict[str, str]
    area_code: str
    scheme: str | None
    titles: dict[str, str]
    texts: dict[str, str]
    benefit: float | None
    benefit_per: str | None
    valid_from: dt.date
    state: str
    published_at: dt.datetime
    published_by: str
    acknowledged_at: dt.datetime | None
    acknowledged_by: str | None


@dataclass(frozen=True)
class Reach:
    """Of one area in a notice's reach: how many are asked and have acknowledged, it and all below it."""

    area_code: str
    recipients: int
    acknowledged: int
    is_recipient: bool
    acknowledged_at: dt.datetime | None
    acknowledged_by: str | None


@dataclass(frozen=True)
class Grant:
    """A row of mart.allocation_answer."""

    allocation: int
    period: str
    area_code: str
    scheme: str
    amount: float
    granted_at: dt.datetime
    acknowledged_at: dt.datetime | None
    acknowledged_by: str | None


@dataclass(frozen=True)
class NoticeBoard:
    """What one area's page of notices shows. `reach` is by notice: the area itself, and those right below it."""

    above: tuple[Area, ...]
    area: Area
    below: tuple[Area, ...]
    notices: tuple[PublishedNotice, ...]
    reach: dict[int, tuple[Reach, ...]]
    grants: tuple[Grant, ...]
    absorption: tuple[dict[str, Any], ...]

    def named(self, code: str) -> Area:
        """The area itself, or one right below it."""
        return next((area for area in self.below if area.code == code), self.area)
