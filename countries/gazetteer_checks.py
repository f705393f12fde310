"""What is wrong with the areas of a country once its corrections are made."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from countries.area import Area, Finding
from countries.model import Country

SELDOM = 0.05
"""Where fewer codes than this do not begin with their parent's, these are odd."""


def refusals(areas: Sequence[Area], country: Country) -> Iterator[Finding]:
    """What keeps the areas from being one tree, root first in `areas`."""
    layers = {layer.id: depth for depth, layer in enumerate(country.layers)}
    shapes = {layer.id: re.compile(layer.code) for layer in country.layers}
    by_code: dict[str, list[Area]] = defaultdict(list)
    for area in areas:
        by_code[area.code].append(area)
        if area.layer not in layers:
            yield area.finding("unknown_layer", "refused", f"{area.layer!r} is not a layer of the country")
        elif not shapes[area.layer].fullmatch(area.code):
            message = (
                f"the code does not have the shape {shapes[area.layer].pattern}; correct it, or the shape"
            )
            yield area.finding("malformed_code", "refused", message)
        if nameless := [language for language in country.languages if not area.names.get(language)]:
            yield area.finding("nameless", "refused", f"has no name in {', '.join(nameless)}")
        if area.valid_to and area.valid_to <= area.valid_from:
            yield area.finding("bad_dates", "refused", f"ends on {area.valid_to}, before it begins")
    for same in by_code.values():
        for earlier, later in pairwise(same):
            if earlier.overlaps(later):
                message = f"{later.name} shares its code with {earlier.name}, line {earlier.line}; recode one"
                yield later.finding("shared_code", "refused", message)
    for area in areas:
        if area.parent is not None and area.layer in layers:
            yield from _parent(area, area.parent, by_code, layers)


def _parent(
    area: Area, code: str, by_code: dict[str, list[Area]], layers: dict[str, int]
) -> Iterator[Finding]:
    if code not in by_code:
        yield area.finding("unknown_parent", "refused", f"its parent {code!r} is not an area")
        return
    parent = by_code[code][0]
    if circle := _circle(area, by_code):
        yield area.finding("cycle", "refused", f"its parents run in a circle: {' → '.join(circle)}")
    elif layers.get(parent.layer) != layers[area.layer] - 1:
        message = f"its parent {code} is a {parent.layer}; a parent is of the layer above"
        yield area.finding("wrong_layer", "refused", message)


def _circle(area: Area, by_code: dict[str, list[Area]]) -> list[str]:
    trail, above = [area.code], area
    while above.parent in by_code and above.parent is not None:
        trail.append(above.parent)
        if above.parent == area.code:
            return trail
        if above.parent in trail[:-1]:
            return []
        above = by_code[above.parent][0]
    return []


def questions(areas: Sequence[Area], country: Country) -> Iterator[Finding]:
    """What is odd and can be lived with: accepted where the country says why, open otherwise."""
    accepted: dict[tuple[str, str], str] = {
        (correction.accept.doubt, code): correction.because
        for correction in country.corrections
        if correction.accept
        for code in correction.accept.codes
    }
    for area, kind, message in _odd(areas, country):
        because = accepted.pop((kind, area.code), "")
        yield area.finding(kind, "accepted" if because else "doubtful", message, because)
    for (kind, code), because in accepted.items():
        file = country.folder / "corrections.yaml"
        message = f"{code} is accepted as {kind}, and is not; drop the entry"
        yield Finding("unused_correction", "doubtful", code, file, 1, message, because)


def _odd(areas: Sequence[Area], country: Country) -> Iterator[tuple[Area, str, str]]:
    parents = {area.parent for area in areas}
    siblings: dict[tuple[str | None, str], Area] = {}
    yield from _foreign_codes(areas, country)
    for area in areas:
        if area.layer != country.layers[-1].id and area.code not in parents:
            yield area, "no_children", "has no areas below; it reports for itself"
        name = area.names[country.languages[0]].casefold()
        if (twin := siblings.setdefault((area.parent, name), area)) is not area:
            yield area, "same_name", f"{area.name} has the same name as its sibling {twin.code}"


def _foreign_codes(areas: Sequence[Area], country: Country) -> Iterator[tuple[Area, str, str]]:
    """Areas whose code does not begin with their parent's, where the country says that codes do, or nearly all do."""
    below = [area for area in areas if area.parent not in (None, country.root)]
    foreign = [area for area in below if not area.code.startswith(str(area.parent))]
    if not country.gazetteer.nested_codes and len(foreign) > SELDOM * len(below):
        return
    codes = {area.code: area for area in areas}
    for area in foreign:
        starts = (codes.get(area.code[:end]) for end in range(len(area.code) - 1, 0, -1))
        other = next((start for start in starts if start), None)
        of_other = f", but with that of {other.name}, {other.code}" if other else ""
        yield area, "foreign_code", f"the code does not begin with its parent's, {area.parent}{of_other}"
