"""The public tables of a release."""

from countries.checks.reference_checks import Broken, unknown
from countries.folder.raw_declarations import RawDeclarations


def rounded_tables_share_a_threshold(declared: RawDeclarations) -> Broken:
    """Yields thresholds that differ from the first where a table is rounded: what one rounds another would tell."""
    tables = list(declared.items("public_tables"))
    if any(table.method == "round" for _, table in tables):
        first = tables[0][1]
        for place, table in tables:
            if table.threshold != first.threshold:
                message = f"a table is rounded, so all need one threshold: `{first.id}` has {first.threshold}"
                yield (*place, "threshold"), message


def public_tables_name_what_exists(declared: RawDeclarations) -> Broken:
    """Yields undeclared layers, and tables by age or indicator where the country has none."""
    for place, table in declared.items("public_tables"):
        yield from unknown(declared, (*place, "layer"), table.layer, "layers")
        if "age_group" in table.dimensions and not declared.ids("age_groups"):
            yield (*place, "dimensions"), "a table by age needs `age_groups`, and the country declares none"
        if "indicator" in table.dimensions and not declared.raw.get("indicators"):
            yield (*place, "dimensions"), "a table by indicator needs `indicators/`, and the country has none"
