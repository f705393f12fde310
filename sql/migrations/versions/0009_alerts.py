"""It is remembered of a file that a fault of Sala stopped whether anybody was told."""

from sql.migrations.scripted import run

revision = "0009_alerts"
down_revision = "0008_filing"


def upgrade() -> None:
    """Add the moment to the submission."""
    run("0009_alerts")
