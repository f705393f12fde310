"""Releases: drafts, decisions of the board, and figures that never change."""

from sql.migrations.scripted import run

revision = "0013_release"
down_revision = "0012_left_out"


def upgrade() -> None:
    """Add releases with their checklist, decisions, figures and files."""
    run("0013_release")
