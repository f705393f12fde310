"""The management index is made of what there is."""

from countries.checks.indicators import indicators_by_id
from countries.checks.reference_checks import Broken
from countries.declarations.management_index import PARTS
from countries.folder.raw_declarations import RawDeclarations


def the_index_is_of_what_exists(declared: RawDeclarations) -> Broken:
    """Yields terms, factors and what is paid for that are no part of the reporting and no indicator."""
    index = declared.parsed.get(("management_index",))
    if not index:
        return
    indicators = list(indicators_by_id(declared))
    parts = [*PARTS, *indicators]
    for name in index.weights:
        if name not in parts:
            yield (
                ("management_index", "weights", name),
                f"`{name}` is no term; it can be one of {', '.join(parts)}",
            )
    for number, factor in enumerate(index.factors):
        if factor.of not in parts:
            yield (
                ("management_index", "factors", number, "of"),
                f"`{factor.of}` is no factor; it can be one of {', '.join(parts)}",
            )
    if index.money and index.money.per not in indicators:
        yield (
            ("management_index", "money", "per"),
            f"`{index.money.per}` is no indicator; it can be one of {', '.join(indicators)}",
        )
