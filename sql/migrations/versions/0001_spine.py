"""The spine: ledger, core, and what compiling needs."""

from sql.migrations.scripted import run

revision = "0001"
down_revision = None


def upgrade() -> None:
    run("0001_spine")
