"""When returns came and which were corrected is compiled with their counts."""

from sql.migrations.scripted import run

revision = "0023_reporting_moments"
down_revision = "0022_control_total"


def upgrade() -> None:
    """Add the columns, and compile every period once more."""
    run("0023_reporting_moments")
