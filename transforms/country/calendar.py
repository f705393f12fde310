"""When flash reports are due, and from which layer."""

from __future__ import annotations

from sqlalchemy import Connection, text

from countries.country import Country


def load_calendar(connection: Connection, country: Country) -> None:
    """Make core.calendar what the folder declares; schemes carry their own due days."""
    connection.execute(text("DELETE FROM core.calendar"))
    if flash := country.calendar.flash_reports:
        connection.execute(
            text("INSERT INTO core.calendar VALUES ('flash_reports', :layer_id, 'W', :due_days)"),
            {"layer_id": country.depth(flash.layer), "due_days": flash.due_days},
        )
