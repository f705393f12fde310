"""Files are taken in by as many processes as there are: which of them somebody is at work on."""

from sql.migrations.scripted import run

revision = "0017_taken"
down_revision = "0016_held_back"


def upgrade() -> None:
    """Add the table of files in somebody's hand."""
    run("0017_taken")
