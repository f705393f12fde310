"""Reminders that somebody asked for."""

from sql.migrations.scripted import run

revision = "0031_asked_reminder"
down_revision = "0030_consultation"


def upgrade() -> None:
    """Add the stage and who asked."""
    run("0031_asked_reminder")
