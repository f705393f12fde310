"""A person has read their reminders."""

from sqlalchemy import Connection, text

_READ = """
UPDATE core.reminder SET read_at = clock_timestamp() WHERE person_id = core.current_person() AND read_at IS NULL
"""


def mark_read(connection: Connection) -> None:
    """Every reminder of whom the transaction acts for."""
    connection.execute(text(_READ))
