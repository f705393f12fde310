"""An item on its way through the chain, and the steps that it has made."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """A row of mart.item. `origin` and `holder` are area codes; ages are in days."""

    item_id: int
    kind: str
    text: str
    origin: str
    names: dict[str, str]  # of the origin
    holder: str
    holder_names: dict[str, str]
    administrator: str | None
    state: str
    age_days: int
    due: dt.date
    overdue: bool
    parts: int
    answer: str | None
    answered_names: dict[str, str] | None
    at_origin: bool
    at_root: bool


@dataclass(frozen=True)
class ItemStep:
    """A row of mart.item_step."""

    action: str
    at: dt.datetime
    person: str
    reason: str | None
    from_names: dict[str, str] | None
    to_names: dict[str, str]
