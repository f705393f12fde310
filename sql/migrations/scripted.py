"""A migration is SQL: the revision in versions/ names its file or folder, and Alembic keeps the order."""

from pathlib import Path

from alembic import op


def run(name: str) -> None:
    """Run migrations/<name>.sql, or every file of the folder migrations/<name>/ in the order of their names."""
    place = Path(__file__).parent / name
    for script in sorted(place.glob("*.sql")) or [place.with_suffix(".sql")]:
        op.get_bind().exec_driver_sql(script.read_text(encoding="utf-8").replace("%", "%%"))
