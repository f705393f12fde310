"""Every id names one thing."""

from countries.checks.reference_checks import Broken
from countries.folder.raw_declarations import RawDeclarations
from countries.folder.yaml_positions import Place


def ids_are_unique(declared: RawDeclarations) -> Broken:
    """Yields each object whose id an earlier one of its section has. Ids of different sections may be the same."""
    for section in (
        "layers",
        "age_groups",
        "group_dimensions",
        "groups",
        "administrators",
        "schemes",
        "indicators",
        "reference_amounts",
        "corrections",
        "roles",
        "public_tables",
    ):
        first: dict[str, Place] = {}
        for place, item in declared.items(section):
            if item.id in first:
                taken = int(first[item.id][1]) + 1
                yield (*place, "id"), f"the id `{item.id}` is taken by entry {taken}; choose another"
            first.setdefault(item.id, place)
