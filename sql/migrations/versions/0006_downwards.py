"""Notices, allocations, reminders, service levels."""

from sql.migrations.scripted import run

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    run("0006_downwards")
