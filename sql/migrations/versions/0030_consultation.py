"""The record of meetings: who was heard, and what was decided."""

from sql.migrations.scripted import run

revision = "0030_consultation"
down_revision = "0029_second_factor"


def upgrade() -> None:
    """Add the table."""
    run("0030_consultation")
