"""The layers, the tables of areas, their corrections, and the map."""

from collections.abc import Collection

from countries.checks.reference_checks import Broken, unknown
from countries.folder.raw_declarations import RawDeclarations, close_to
from countries.folder.yaml_positions import Place


def the_chain_has_two_to_eight_layers(declared: RawDeclarations) -> Broken:
    """Yields a fault for a chain that is too short or too long."""
    if "layers" in declared.raw and not 2 <= len(declared.ids("layers")) <= 8:
        yield ("layers",), f"the chain has {len(declared.ids('layers'))} layers; it can have two to eight"


def the_gazetteer_fills_every_layer(declared: RawDeclarations) -> Broken:
    """Yields layers below the root that no table fills, unknown layers, and languages without a column of names."""
    source = declared.parsed.get(("gazetteer",))
    if source is None:
        return
    for number, table in enumerate(source.sources):
        place: Place = ("gazetteer", "sources", number)
        if table.layer:
            yield from unknown(declared, (*place, "layer"), table.layer, "layers")
        for language in declared.parsed.get(("languages",)) or ():
            if language not in table.columns.names:
                message = f"no column for the names in `{language}`; name one, if need be one used already"
                yield (*place, "columns", "names"), message
    filled = {table.layer for table in source.sources}
    if None not in filled:
        for layer in declared.ids("layers")[1:]:
            if layer not in filled:
                yield ("gazetteer", "sources"), f"no table gives the areas of layer `{layer}`"


def corrections_name_layers(declared: RawDeclarations) -> Broken:
    """Yields each correction whose layer is not declared."""
    for place, correction in declared.items("corrections"):
        yield from unknown(declared, (*place, "layer"), correction.layer, "layers")


def the_map_and_the_shares_name_layers(declared: RawDeclarations) -> Broken:
    """Yields undeclared layers of the tile map and of population shares, and a population without age groups."""
    if grid := declared.parsed.get(("tile_grid",)):
        yield from unknown(declared, ("tile_grid", "layer"), grid.layer, "layers")
    population = declared.parsed.get(("population",))
    if population and population.shares:
        yield from unknown(declared, ("population", "shares", "layer"), population.shares.layer, "layers")
    if population and not declared.ids("age_groups"):
        yield ("population",), "a population by age needs `age_groups`, and the country declares none"


def sections_name_areas(declared: RawDeclarations, codes: Collection[str]) -> Broken:
    """Yields each area that the map, the accounts, the sample or another system's codes name, and that is none."""
    named: list[tuple[Place, str]] = []
    if grid := declared.parsed.get(("tile_grid",)):
        named += [(("tile_grid", "labels", label), code) for label, code in grid.labels.items()]
    for place, account in declared.items("demo_accounts"):
        named.append(((*place, "area"), account.area))
    if sample := declared.parsed.get(("sample_round",)):
        for kind, leanings in sample.leaning.items():
            named += [(("sample_round", "leaning", kind, code), code) for code in leanings]
    if exchange := declared.parsed.get(("exchange",)):
        for name, system in (("dhis2", exchange.dhis2), ("adx", exchange.adx)):
            for code, area in system.places.items() if system else ():
                named.append((("exchange", name, "places", code), area))
        for id, table in exchange.tables.items():
            for word, area in table.values.get("area_code", {}).items():
                if area is not None:
                    named.append((("exchange", "tables", id, "values", "area_code", word), area))
    for place, code in named:
        if code not in codes:
            yield place, f"`{code}` is no area of the gazetteer{close_to(code, codes)}"
