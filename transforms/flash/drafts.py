"""Drafts of flash reports: each person's own, of an area or an administrator and a week."""

from __future__ import annotations

import json
from datetime import datetime

from sqlalchemy import Connection, text

from sala.errors import NotAllowed
from transforms.flash.flash_report import FlashReport, from_json
from transforms.identity.filing import may_file

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


def may_write(connection: Connection, area_code: str, administrator: str | None) -> bool:
    """Whether the connection's person may file the report that they would write."""
    return may_file(connection, "flash_reports", area_code, administrator=administrator)


def save(connection: Connection, report: FlashReport) -> datetime:
    """Keep a draft. Returns when it was saved. Raises NotAllowed."""
    must_write(connection, report)
    saved: datetime = connection.execute(
        text(_SAVE), _key(report) | {"content": json.dumps(report.as_json(), ensure_ascii=False)}
    ).scalar_one()
    return saved


def draft(
    connection: Connection, week: str, area_code: str, administrator: str | None
) -> tuple[FlashReport, datetime] | None:
    """The draft that this connection's person left, and when it was saved."""
    row = connection.execute(
        text(f"SELECT d.content, d.saved_at FROM core.flash_draft d WHERE {_MINE}"),  # noqa: S608
        {"week": week, "area_code": area_code, "administrator": administrator},
    ).one_or_none()
    return None if row is None else (from_json(week, area_code, administrator, row.content), row.saved_at)


def delete_draft(connection: Connection, report: FlashReport) -> None:
    """Drop what this connection's person left of a report."""
    connection.execute(text(f"DELETE FROM core.flash_draft d WHERE {_MINE}"), _key(report))  # noqa: S608


def _key(report: FlashReport) -> dict[str, str | None]:
    return {"week": report.week, "area_code": report.area_code, "administrator": report.administrator}


def must_write(connection: Connection, report: FlashReport) -> None:
    """Return where the connection's person may write this report, by `may_write`. Raises NotAllowed."""
    if not may_write(connection, report.area_code, report.administrator):
        raise NotAllowed("flash_not_yours", whose=report.administrator or report.area_code)
