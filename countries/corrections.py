"""The corrections that a country declares, applied to the areas as printed."""

from collections.abc import Iterator, Sequence

from countries.area import Area, Finding
from countries.declarations.sources import Correction
from countries.model import Country


def apply(areas: Sequence[Area], country: Country) -> Iterator[Finding]:
    """Change the areas that the corrections mean, in turn. A correction without a match is a question."""
    layers: dict[str, list[Area]] = {layer.id: [] for layer in country.layers}
    for area in areas:
        layers.setdefault(area.layer, []).append(area)
    for correction in country.corrections:
        of_layer = layers[correction.layer]
        changes = [
            *_recode(correction, of_layer),
            *_rename(correction, of_layer),
            *_date(correction, of_layer),
        ]
        changes += _move(correction, of_layer, areas)
        yield from _findings(correction, changes, country)


Change = tuple[Area | None, str]


def _findings(correction: Correction, changes: list[Change], country: Country) -> Iterator[Finding]:
    for area, what in changes:
        if area is None:
            message = f"correction {correction.id}: {what}; the table may have been mended, so drop the entry"
            file = country.folder / "corrections.yaml"
            yield Finding(
                "unused_correction", "doubtful", correction.id, file, 1, message, correction.because
            )
        else:
            yield area.finding(correction.id, "corrected", what, correction.because)


def _recode(correction: Correction, areas: Sequence[Area]) -> Iterator[Change]:
    for recode in correction.recode:
        matches = [
            area
            for area in areas
            if area.code == recode.printed
            and recode.name in area.names.values()
            and correction.parent in (None, area.parent)
        ]
        if len(matches) != 1:
            yield None, f"{recode.printed} {recode.name} means {len(matches)} rows, not one"
            continue
        matches[0].code = recode.code
        matches[0].other_codes.append(recode.printed)
        yield matches[0], f"{recode.name} was printed as {recode.printed}"


def _rename(correction: Correction, areas: Sequence[Area]) -> Iterator[Change]:
    by_code = {area.code: area for area in areas} if correction.rename else {}
    for rename in correction.rename:
        area = by_code.get(rename.code)
        printed = {area.names.get(language) for language in rename.names} if area else set()
        if area is None or printed == set(rename.names.values()):
            yield None, f"{rename.code} needs no new name"
            continue
        area.names |= rename.names
        area.other_names += sorted(name for name in printed if name)
        yield area, f"was printed as {', '.join(area.other_names)}"


def _move(correction: Correction, areas: Sequence[Area], every_area: Sequence[Area]) -> Iterator[Change]:
    if (move := correction.move) is None:
        return
    children = [area for area in areas if area.parent == move.children_of]
    if not children:
        yield None, f"nothing is printed under {move.children_of}"
    for area in children:
        area.parent = move.to
        yield area, f"was printed under {move.children_of}"
    for area in every_area:
        if area.code == move.to and children:
            area.other_codes.append(move.children_of)


def _date(correction: Correction, areas: Sequence[Area]) -> Iterator[Change]:
    by_code = {area.code: area for area in areas} if correction.dating else {}
    for dating in correction.dating:
        area = by_code.get(dating.code)
        if area is None:
            yield None, f"{dating.code} is not an area"
            continue
        area.valid_from = dating.valid_from or area.valid_from
        area.valid_to = dating.valid_to or area.valid_to
        area.other_codes += dating.former_codes
        until = f" to {area.valid_to}" if area.valid_to else ""
        codes = f", formerly {', '.join(dating.former_codes)}" if dating.former_codes else ""
        yield area, f"stands from {area.valid_from}{until}{codes}"
