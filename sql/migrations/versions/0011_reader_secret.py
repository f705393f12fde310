"""Readers of lists of persons have keys of their own for persons."""

from sql.migrations.scripted import run

revision = "0011_reader_secret"
down_revision = "0010_return_mark"


def upgrade() -> None:
    """Make the secret from which they come."""
    run("0011_reader_secret")
