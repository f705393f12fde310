"""What somebody has written into a sheet on a page and not sent: each person's own, of a dataset, area and period."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from sala.errors import NotAllowed, NotFound
from transforms.identity.person import Person

MOST_LETTERS = 200_000
"""Of a draft as JSON: a sheet of its largest size, filled in."""

_SAVE = """
    INSERT INTO core.entry_draft (person_id, dataset, area_id, period, cells)
    SELECT core.current_person(), :dataset, a.area_id, :period, CAST(:cells AS jsonb)
    FROM core.area a WHERE a.code = :area ORDER BY a.valid_to DESC LIMIT 1
    ON CONFLICT (person_id, dataset, area_id, period)
    DO UPDATE SET cells = excluded.cells, saved_at = clock_timestamp()
    RETURNING saved_at
"""
_OF = """
    d.person_id = core.current_person() AND d.dataset = :dataset AND d.period = :period
    AND d.area_id IN (SELECT area_id FROM core.area WHERE code = :area)
"""
_READ = f"SELECT d.cells, d.saved_at FROM core.entry_draft d WHERE {_OF}"  # noqa: S608
_DELETE = f"DELETE FROM core.entry_draft d WHERE {_OF}"  # noqa: S608


@dataclass(frozen=True)
class SheetOf:
    """Which sheet: a dataset, an area and a period."""

    dataset: str
    area: str
    period: str

    @property
    def params(self) -> dict[str, str]:
        """As queries name them."""
        return {"dataset": self.dataset, "area": self.area, "period": self.period}


@dataclass(frozen=True)
class EntryDraft:
    """Cell → text, by the names that the page gives its cells."""

    cells: Mapping[str, str]
    saved_at: datetime


def entry_draft(person: Person, of: SheetOf) -> EntryDraft | None:
    """What the person left of a sheet."""
    with person.acting() as connection:
        row = connection.execute(text(_READ), of.params).one_or_none()
    return None if row is None else EntryDraft(row.cells, row.saved_at)


def save_entry_draft(person: Person, of: SheetOf, cells: Mapping[str, str]) -> datetime:
    """Keep a draft; returns when it was saved.

    Raises NotAllowed where nobody is signed in, NotFound without the area.
    """
    if person.person_id is None:
        raise NotAllowed("draft_of_visitor")
    with person.acting() as connection:
        saved: datetime | None = connection.execute(
            text(_SAVE), of.params | {"cells": json.dumps(dict(cells), ensure_ascii=False)}
        ).scalar()
    if saved is None:
        raise NotFound("unknown_area", what=of.area)
    return saved


def delete_entry_draft(person: Person, of: SheetOf) -> None:
    """Drop what the person left of a sheet: it was sent, or is not wanted."""
    with person.acting() as connection:
        connection.execute(text(_DELETE), of.params)
