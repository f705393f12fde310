"""Entries of the audit log are bounded in size."""

from sql.migrations.scripted import run

revision = "0006_audit"
down_revision = "0005_missing_line"


def upgrade() -> None:
    """Bound new entries, and index the log."""
    run("0006_audit")
