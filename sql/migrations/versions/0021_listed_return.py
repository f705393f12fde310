"""Lists of persons give the counts of their schemes, and indicators count the persons."""

from sql.migrations.scripted import run

revision = "0021_listed_return"
down_revision = "0020_area_spelling"


def upgrade() -> None:
    """Mark returns that a list gave, and keep which areas report by one."""
    run("0021_listed_return")
