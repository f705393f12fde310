"""The tables as they were when 0.1.0 was made. From here on migrations only go forward."""

from sql.migrations.scripted import run

revision = "0001_baseline"
down_revision = None


def upgrade() -> None:
    """Make the tables of an empty database, a file a subject."""
    run("baseline")
