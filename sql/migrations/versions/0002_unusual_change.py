"""Unusual changes are found by compiling and stored, where the review page computed its own."""

from sql.migrations.scripted import run

revision = "0002_unusual_change"
down_revision = "0001_baseline"


def upgrade() -> None:
    """Make the table of unusual changes."""
    run("0002_unusual_change")
