"""A flash report is submitted like everybody's files: one of the axes, one of the items."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Connection

from countries.country import Country
from transforms.flash.drafts import delete_draft, must_write
from transforms.flash.flash_report import FlashReport, as_files, check
from transforms.identity.audit import record
from transforms.identity.person import Person
from transforms.intake.submit import Receipt, submit


def submit_report(
    connection: Connection, person: Person, report: FlashReport, country: Country
) -> tuple[Receipt, Receipt]:
    """Submit the report and drop its draft. Returns the receipts of its two files.

    Raises NotAllowed, and Invalid where something is missing.
    """
    must_write(connection, report)
    calendar = country.calendar.flash_reports
    check(report, calendar.items_per_list if calendar else None)
    axes, items = as_files(report, datetime.now(UTC))
    name = "-".join(filter(None, ("flash", report.week, report.area_code, report.administrator)))
    receipts = (
        _submit(person, axes, f"{name}.csv", "flash_reports"),
        _submit(person, items, f"{name}-items.csv", "flash_items"),
    )
    delete_draft(connection, report)
    record(
        connection,
        person,
        "flash sheet filed",
        f"flash {report.week}",
        report.area_code,
        {"administrator": report.administrator, "receipts": [receipt.receipt for receipt in receipts]},
    )
    return receipts


def _submit(person: Person, raw: bytes, filename: str, dataset: str) -> Receipt:
    return submit(raw, filename, by=person, via="form", dataset=dataset)
