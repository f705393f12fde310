"""Answers are read, and a digest of what waits goes out by e-mail."""

from sql.migrations.scripted import run

revision = "0015_worklist"
down_revision = "0014_review_causes"


def upgrade() -> None:
    """Add what was read, and when each person was last told."""
    run("0015_worklist")
