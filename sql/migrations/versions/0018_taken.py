"""Files are taken in by as many processes as there are: which of them somebody is at work on."""

from sql.migrations.scripted import run

revision = "0018_taken"
down_revision = "0017_overlap"


def upgrade() -> None:
    """Add the table of files in somebody's hand."""
    run("0018_taken")
