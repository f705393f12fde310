"""What a newer file of the same sender no longer has can be withdrawn together."""

from sql.migrations.scripted import run

revision = "0012_left_out"
down_revision = "0011_reader_secret"


def upgrade() -> None:
    """Add the table of what was left out."""
    run("0012_left_out")
