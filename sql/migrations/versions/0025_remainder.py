"""Remainders of published totals are found without reading the other lines."""

from sql.migrations.scripted import run

revision = "0025_remainder"
down_revision = "0024_saved_view"


def upgrade() -> None:
    """Add the index."""
    run("0025_remainder")
