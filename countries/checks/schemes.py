"""Schemes, and the age groups by which they report."""

from itertools import pairwise

from countries.checks.reference_checks import Broken, unknown, unknown_among
from countries.folder.raw_declarations import RawDeclarations


def age_groups_do_not_overlap(declared: RawDeclarations) -> Broken:
    groups = sorted(declared.items("age_groups"), key=lambda entry: entry[1].low)
    for (_, younger), (place, older) in pairwise(groups):
        if younger.high is None or older.low <= younger.high:
            message = f"{older.id} begins at {older.low}, inside {younger.id}; each age is counted once"
            yield (*place, "low"), message


def schemes_name_what_exists(declared: RawDeclarations) -> Broken:
    for place, scheme in declared.items("schemes"):
        yield from unknown(declared, (*place, "layer"), scheme.layer, "layers")
        yield from unknown(declared, (*place, "administrator"), scheme.administrator, "administrators")
        eligible = scheme.eligible.age_groups
        yield from unknown_among(declared, (*place, "eligible", "age_groups"), eligible, "age_groups")
        if scheme.by_age and not declared.ids("age_groups"):
            yield (*place, "by_age"), "returns by age need `age_groups`, and the country declares none"
