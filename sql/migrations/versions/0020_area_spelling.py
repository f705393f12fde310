"""Areas are found by their code and by their names in every language."""

from sql.migrations.scripted import run

revision = "0020_area_spelling"
down_revision = "0019_indicator_kinds"


def upgrade() -> None:
    """Add the spellings of areas."""
    run("0020_area_spelling")
