"""Drafts of flash sheets, and filing them: through the door, like everybody's files."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sqlalchemy import Connection, text

from countries.country import Country
from sala.errors import NotAllowed
from transforms.flash.flash_report import Sheet, as_files, check, from_json
from transforms.identity.audit import record
from transforms.identity.person import Person
from transforms.intake.submit import Receipt, submit

_SAVE = """
INSERT INTO core.flash_draft (area_id, week, administrator_id, person_id, content)
SELECT a.area_id, :week, coalesce(m.administrator_id, 0), coalesce(core.current_person(), 0), CAST(:content AS jsonb)
FROM core.area a
LEFT JOIN core.administrator m ON m.code = :administrator
WHERE a.code = :area_code AND a.valid_to = 'infinity'
ON CONFLICT (area_id, week, administrator_id, person_id)
DO UPDATE SET content = excluded.content, saved_at = clock_timestamp()
RETURNING saved_at
"""
_MINE = """
    d.week = :week AND d.person_id = coalesce(core.current_person(), 0)
    AND d.area_id = (SELECT area_id FROM core.area WHERE code = :area_code AND valid_to = 'infinity')
    AND d.administrator_id = coalesce((SELECT administrator_id FROM core.administrator WHERE code = :administrator), 0)
"""


def may_write(person: Person, area_code: str, administrator: str | None) -> bool:
    """An area's sheet is written in its committee's scope; an administrator's by its own people."""
    if person.administrator and person.administrator != administrator:
        return False
    return person.may("draft", area_code) or person.may("submit", area_code)


def save(connection: Connection, person: Person, sheet: Sheet) -> datetime:
    """Keep a draft. Returns when it was saved. Raises NotAllowed."""
    _must_write(person, sheet)
    saved: datetime = connection.execute(
        text(_SAVE), _key(sheet) | {"content": json.dumps(sheet.as_json(), ensure_ascii=False)}
    ).scalar_one()
    return saved


def draft(
    connection: Connection, week: str, area_code: str, administrator: str | None
) -> tuple[Sheet, datetime] | None:
    """The draft that this connection's person left, and when it was saved."""
    row = connection.execute(
        text(f"SELECT d.content, d.saved_at FROM core.flash_draft d WHERE {_MINE}"),  # noqa: S608
        {"week": week, "area_code": area_code, "administrator": administrator},
    ).one_or_none()
    return None if row is None else (from_json(week, area_code, administrator, row.content), row.saved_at)


def file(connection: Connection, person: Person, sheet: Sheet, country: Country) -> tuple[Receipt, Receipt]:
    """Hand the sheet in and drop its draft. Returns the receipts of its two files.

    Raises NotAllowed, and Invalid where something is missing.
    """
    _must_write(person, sheet)
    calendar = country.calendar.flash_reports
    check(sheet, calendar.items_per_list if calendar else None)
    now = datetime.now(UTC)
    whose = f"{sheet.area_code}-{sheet.administrator}" if sheet.administrator else sheet.area_code
    report, items = as_files(sheet, now)
    receipts = (
        _hand_in(person, report, f"flash-{sheet.week}-{whose}.csv", "flash_reports"),
        _hand_in(person, items, f"flash-{sheet.week}-{whose}-items.csv", "flash_items"),
    )
    connection.execute(text(f"DELETE FROM core.flash_draft d WHERE {_MINE}"), _key(sheet))  # noqa: S608
    record(
        connection,
        person,
        "flash sheet filed",
        f"flash {sheet.week}",
        sheet.area_code,
        {"administrator": sheet.administrator, "receipts": [receipt.receipt for receipt in receipts]},
    )
    return receipts


def _hand_in(person: Person, raw: bytes, filename: str, dataset: str) -> Receipt:
    by = person.name or "visitor"
    return submit(raw, filename, by=by, via="page", person_id=person.person_id, dataset=dataset)


def _key(sheet: Sheet) -> dict[str, str | None]:
    return {"week": sheet.week, "area_code": sheet.area_code, "administrator": sheet.administrator}


def _must_write(person: Person, sheet: Sheet) -> None:
    if not may_write(person, sheet.area_code, sheet.administrator):
        raise NotAllowed("flash_not_yours", whose=sheet.administrator or sheet.area_code)
