"""Indicators of more kinds than coverage, and the version under which each figure was computed."""

from sql.migrations.scripted import run

revision = "0019_indicator_kinds"
down_revision = "0018_taken"


def upgrade() -> None:
    """Add their parts, and the version to figures."""
    run("0019_indicator_kinds")
