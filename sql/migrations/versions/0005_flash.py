"""Flash sheets, items that travel, grievances."""

from sql.migrations.scripted import run

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    run("0005_flash")
