"""Reminding at once whoever is late below the reader's own area, instead of waiting for the day of the calendar."""

from __future__ import annotations

from sqlalchemy import Connection, text

from sala.errors import NotAllowed
from transforms.identity.person import Person


def remind_late(connection: Connection, person: Person) -> int:
    """Remind in the name of the connection's person, nobody twice within a day. Returns how many people were reminded.

    The reminders stand on their pages at once; the next run of `remind` sends those that go out by e-mail.
    Raises NotAllowed for whoever has no account.
    """
    if person.person_id is None or person.narrowed_to is not None:
        raise NotAllowed("remind_signed_in")
    return int(connection.execute(text("SELECT core.remind_late()")).scalar_one())
