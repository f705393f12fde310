"""What every deploy makes anew: one function, trigger, view or mart a file, named after what it makes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

FOLDER = Path(__file__).parent
FOLDERS = ("functions", "relations", "marts")

_COMMENT = re.compile(r"--.*")
_CREATED = re.compile(r"CREATE (AGGREGATE|FUNCTION|VIEW) (\w+)\.(\w+)")
_NAME = re.compile(r"\b(?:core|ledger|mart)\.\w+")


class BadDefinition(Exception):
    """A file of the warehouse does not hold what its name says."""


@dataclass(frozen=True)
class Definition:
    """One file: `name` is what it makes, with its schema; `uses` are the names of ours that it mentions."""

    path: Path
    name: str
    kind: str  # AGGREGATE, FUNCTION or VIEW
    sql: str
    uses: frozenset[str]


def definition(path: Path) -> Definition:
    """One file read; BadDefinition where it makes nothing, or something of another name."""
    sql = path.read_text(encoding="utf-8")
    code = _COMMENT.sub("", sql)
    created = _CREATED.search(code)
    if created is None:
        raise BadDefinition(f"{path.relative_to(FOLDER)} makes no function, aggregate or view.")
    kind, schema, name = created.groups()
    if name != path.stem:
        raise BadDefinition(
            f"{path.relative_to(FOLDER)} makes {schema}.{name}: a file is named after what it makes."
        )
    return Definition(
        path, f"{schema}.{name}", kind, sql, frozenset(_NAME.findall(code)) - {f"{schema}.{name}"}
    )


def paths() -> list[Path]:
    """The file of every function, view and mart, by path; migrations are not among them."""
    return sorted(path for folder in FOLDERS for path in (FOLDER / folder).rglob("*.sql"))


def in_order(definitions: Iterable[Definition]) -> list[Definition]:
    """Each after those whose names it mentions: Postgres reads a body when it makes a function or view.

    Raises:
        BadDefinition: two files make the same, or some use each other in a circle.
    """
    by_name: dict[str, Definition] = {}
    for one in definitions:
        if one.name in by_name:
            raise BadDefinition(f"{one.name} is made by {one.path} and by {by_name[one.name].path}.")
        by_name[one.name] = one
    uses = {name: sorted(one.uses & by_name.keys()) for name, one in sorted(by_name.items())}
    try:
        return [by_name[name] for name in TopologicalSorter(uses).static_order()]
    except CycleError as circle:
        raise BadDefinition(f"These use each other in a circle: {' → '.join(circle.args[1])}") from circle
