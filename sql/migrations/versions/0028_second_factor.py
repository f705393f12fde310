"""Second factors, and how a session began."""

from sql.migrations.scripted import run

revision = "0028_second_factor"
down_revision = "0027_watching_tokens"


def upgrade() -> None:
    """Add the tables and the columns of sessions."""
    run("0028_second_factor")
