"""Counts that a release holds back, kept for guarding later ones."""

from sql.migrations.scripted import run

revision = "0016_held_back"
down_revision = "0015_worklist"


def upgrade() -> None:
    """Add the table of counts that are held back."""
    run("0016_held_back")
