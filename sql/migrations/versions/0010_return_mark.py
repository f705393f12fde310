"""Returns are compared by what their lines say, without reading these."""

from sql.migrations.scripted import run

revision = "0010_return_mark"
down_revision = "0009_alerts"


def upgrade() -> None:
    """Add the mark of a return."""
    run("0010_return_mark")
