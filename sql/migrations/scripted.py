"""A migration is an SQL file: the revision in versions/ names it, and Alembic keeps the order."""

from pathlib import Path

from alembic import op


def run(name: str) -> None:
    """Run migrations/<name>.sql on the connection of the upgrade."""
    script = (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
    op.get_bind().exec_driver_sql(script.replace("%", "%%"))
