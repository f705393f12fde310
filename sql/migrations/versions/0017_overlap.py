"""Persons of lists are counted once, in the overlap cube."""

from sql.migrations.scripted import run

revision = "0017_overlap"
down_revision = "0016_held_back"


def upgrade() -> None:
    """Make the tables of the cube and of what it had to decide."""
    run("0017_overlap")
