"""References from one declaration to another: a fault for each id that nothing declares."""

from collections.abc import Iterable, Iterator

from countries.folder.raw_declarations import RawDeclarations
from countries.folder.yaml_positions import Place

Broken = Iterator[tuple[Place, str]]
"""Broken rules: the place of each, and what is wrong there."""


def unknown_among(declared: RawDeclarations, place: Place, names: Iterable[str], section: str) -> Broken:
    """Yields a fault for each name of a list that is no id of the section, at its number in the list."""
    for number, name in enumerate(names):
        yield from unknown(declared, (*place, number), name, section)


def unknown(declared: RawDeclarations, place: Place, name: str, section: str) -> Broken:
    """Yields one fault where the name is no id of the section; the ids of faulty objects count as declared."""
    ids = declared.ids(section)
    if name not in ids:
        things = section.replace("_", " ")
        yield place, f"`{name}` is not one of the {things}; there are {', '.join(ids) or 'none'}"
