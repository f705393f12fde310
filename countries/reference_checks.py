"""Whether what a declaration names is there."""

from collections.abc import Iterable, Iterator

from countries.raw_declarations import Draft
from countries.yaml_positions import Place

Broken = Iterator[tuple[Place, str]]
"""Broken rules: the place of each, and what is wrong there."""


def all_known(draft: Draft, place: Place, names: Iterable[str], section: str) -> Broken:
    for number, name in enumerate(names):
        yield from known(draft, (*place, number), name, section)


def known(draft: Draft, place: Place, name: str, section: str) -> Broken:
    ids = draft.ids(section)
    if name not in ids:
        things = section.replace("_", " ")
        yield place, f"`{name}` is not one of the {things}; there are {', '.join(ids) or 'none'}"
