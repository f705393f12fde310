"""Releases hold rates of sums and of women compared with men; take-up has its last steps."""

from sql.migrations.scripted import run

revision = "0028_release_rates"
down_revision = "0027_watching_tokens"


def upgrade() -> None:
    """Add the columns and the table."""
    run("0028_release_rates")
