"""Published totals can be handed in, and are compared with what is compiled."""

from sql.migrations.scripted import run

revision = "0022_control_total"
down_revision = "0021_listed_return"


def upgrade() -> None:
    """Add the table of their lines."""
    run("0022_control_total")
