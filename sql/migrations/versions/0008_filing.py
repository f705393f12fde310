"""Roles say what they file and whose; a submission is its sender's own, whoever sent the same bytes."""

from sql.migrations.scripted import run

revision = "0008_filing"
down_revision = "0007_held"


def upgrade() -> None:
    """Make the table of filing rights, and keep apart what different people send."""
    run("0008_filing")
