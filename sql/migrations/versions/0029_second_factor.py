"""Second factors, and how a session began."""

from sql.migrations.scripted import run

revision = "0029_second_factor"
down_revision = "0028_release_rates"


def upgrade() -> None:
    """Add the tables and the columns of sessions."""
    run("0029_second_factor")
