"""Denominators have a status and a vintage, and years between two counts can be interpolated."""

from sql.migrations.scripted import run

revision = "0025_denominator_vintage"
down_revision = "0024_saved_view"


def upgrade() -> None:
    """Let populations be provisional or projected too, and keep where each area's denominators come from."""
    run("0025_denominator_vintage")
