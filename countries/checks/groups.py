"""Population groups, each a value of a dimension."""

from countries.checks.reference_checks import Broken, unknown
from countries.folder.raw_declarations import RawDeclarations


def groups_name_their_dimension(declared: RawDeclarations) -> Broken:
    """Yields each population group whose dimension is not declared."""
    for place, group in declared.items("groups"):
        yield from unknown(declared, (*place, "dimension"), group.dimension, "group_dimensions")
