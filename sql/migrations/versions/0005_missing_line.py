"""Returns say what they leave out, and lines whether they are the remainder of a published total."""

from sql.migrations.scripted import run

revision = "0005_missing_line"
down_revision = "0004_compile_queue"


def upgrade() -> None:
    """Make the tables of missing lines, and mark remainders."""
    run("0005_missing_line")
