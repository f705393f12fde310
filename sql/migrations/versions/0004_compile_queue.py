"""What waits to be compiled is what is in the queue; moments on the period said otherwise when runs overlapped."""

from sql.migrations.scripted import run

revision = "0004_compile_queue"
down_revision = "0003_sessions"


def upgrade() -> None:
    """Let rows of the queue say since when they wait, and whether a chain was started for them."""
    run("0004_compile_queue")
