"""Sessions end on the server, and wrong passwords and requests are counted for all server processes together."""

from sql.migrations.scripted import run

revision = "0003_sessions"
down_revision = "0002_unusual_change"


def upgrade() -> None:
    """Make the tables of sessions and counts."""
    run("0003_sessions")
