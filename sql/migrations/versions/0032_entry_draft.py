"""What is written on a page is kept before it is sent."""

from sql.migrations.scripted import run

revision = "0032_entry_draft"
down_revision = "0031_asked_reminder"


def upgrade() -> None:
    """Add the table of drafts."""
    run("0032_entry_draft")
