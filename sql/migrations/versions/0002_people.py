"""Accounts, roles and who may see what."""

from sql.migrations.scripted import run

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    run("0002_people")
