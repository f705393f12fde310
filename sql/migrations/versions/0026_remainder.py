"""Remainders of published totals are found without reading the other lines."""

from sql.migrations.scripted import run

revision = "0026_remainder"
down_revision = "0025_denominator_vintage"


def upgrade() -> None:
    """Add the index."""
    run("0026_remainder")
