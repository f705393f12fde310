"""People keep selections of the page of data under names."""

from sql.migrations.scripted import run

revision = "0024_saved_view"
down_revision = "0023_reporting_moments"


def upgrade() -> None:
    """Add the table of them."""
    run("0024_saved_view")
