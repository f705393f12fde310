"""Schemes, and the age groups by which they report."""

from itertools import pairwise

from countries.checks.reference_checks import Broken, unknown, unknown_among
from countries.declarations.schemes import Scheme
from countries.folder.raw_declarations import RawDeclarations
from countries.folder.yaml_positions import Place


def age_groups_do_not_overlap(declared: RawDeclarations) -> Broken:
    """Yields each age group that begins at or below the highest age of the one before it."""
    groups = sorted(declared.items("age_groups"), key=lambda entry: entry[1].low)
    for (_, younger), (place, older) in pairwise(groups):
        if younger.high is None or older.low <= younger.high:
            message = f"{older.id} begins at {older.low}, inside {younger.id}; each age is counted once"
            yield (*place, "low"), message


def schemes_name_what_exists(declared: RawDeclarations) -> Broken:
    """Yields undeclared layers, administrators and age groups of schemes, and returns by age without age groups."""
    for place, scheme in declared.items("schemes"):
        yield from unknown(declared, (*place, "layer"), scheme.layer, "layers")
        yield from unknown(declared, (*place, "administrator"), scheme.administrator, "administrators")
        eligible = scheme.eligible.age_groups
        yield from unknown_among(declared, (*place, "eligible", "age_groups"), eligible, "age_groups")
        yield from _layers_of_persons_not_placed(declared, place, scheme)
        if scheme.by_age and not declared.ids("age_groups"):
            yield (*place, "by_age"), "returns by age need `age_groups`, and the country declares none"


def _layers_of_persons_not_placed(declared: RawDeclarations, place: Place, scheme: Scheme) -> Broken:
    """Persons who cannot be placed in an area of the scheme's layer are reported above it."""
    layers = declared.ids("layers")
    yield from unknown_among(declared, (*place, "place_not_known"), scheme.place_not_known, "layers")
    for number, layer in enumerate(scheme.place_not_known):
        if layer in layers and scheme.layer in layers and layers.index(layer) >= layers.index(scheme.layer):
            message = f"`{layer}` is not above `{scheme.layer}`, the layer that reports the scheme"
            yield (*place, "place_not_known", number), message
