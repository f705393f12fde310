"""A file whose loading would replace, drop or halve what stands is held until somebody confirms it."""

from sql.migrations.scripted import run

revision = "0007_held"
down_revision = "0006_audit"


def upgrade() -> None:
    """Add the state, the severity, and the table of what held files would replace."""
    run("0007_held")
