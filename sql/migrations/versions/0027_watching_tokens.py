"""A token can be made for a monitor."""

from sql.migrations.scripted import run

revision = "0027_watching_tokens"
down_revision = "0026_remainder"


def upgrade() -> None:
    """Let tokens have the scope."""
    run("0027_watching_tokens")
