"""Counts that a release holds back, kept for guarding later ones."""

from sql.migrations.scripted import run

revision = "0015_held_back"
down_revision = "0014_review_causes"


def upgrade() -> None:
    """Add the table of counts that are held back."""
    run("0015_held_back")
