"""Compilations, endorsements, comments, audit."""

from sql.migrations.scripted import run

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    run("0004_reviews")
