"""A reopening names its causes: a file, a withdrawal, a population, or a definition of the country folder."""

from sql.migrations.scripted import run

revision = "0014_review_causes"
down_revision = "0013_release"


def upgrade() -> None:
    """Add the column of causes."""
    run("0014_review_causes")
