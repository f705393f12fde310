"""A person has read their reminders, or the answers on their worklist."""

from sqlalchemy import Connection, text

_READ = """
UPDATE core.reminder SET read_at = clock_timestamp() WHERE person_id = core.current_person() AND read_at IS NULL
"""
_ANSWERS_READ = """
INSERT INTO core.answer_read (person_id, item_id, comment_id)
SELECT core.current_person(), CASE WHEN about <> 'remark' THEN number END, CASE WHEN about = 'remark' THEN number END
FROM core.work_answered
"""


def mark_read(connection: Connection) -> None:
    """Every reminder of whom the transaction acts for."""
    connection.execute(text(_READ))


def mark_answers_read(connection: Connection) -> None:
    """Every answer that waits for whom the transaction acts for."""
    connection.execute(text(_ANSWERS_READ))
