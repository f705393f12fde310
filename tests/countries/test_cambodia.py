"""What Cambodia's folder declares holds together."""

from countries.country import check


def test_the_folder_is_sound(cambodia):
    assert check(cambodia.folder) == []


def test_each_guarantee_has_an_indicator_and_then_comes_any_scheme(cambodia):
    assert [indicator.id for indicator in cambodia.indicators] == [
        "health",
        "children",
        "active_age",
        "older",
        "any_scheme",
    ]
    for indicator in cambodia.indicators[:4]:
        assert indicator.guarantee == indicator.id


def test_only_schemes_that_cannot_overlap_add_up(cambodia):
    """Disjoint by age or by the rule of the return; never for the union of all."""
    together = {indicator.id: indicator.numerator.together for indicator in cambodia.indicators}
    assert together["any_scheme"] == "overlapping"
    (children,) = (i for i in cambodia.indicators if i.id == "children")
    ages = [set(cambodia.scheme(name).eligible.age_groups) for name in children.numerator.schemes]
    assert not set.intersection(*ages)


def test_contributors_count_for_injury_insurance_only(cambodia):
    measures = {i.id: i.numerator.measures for i in cambodia.indicators}
    paying = {
        name: {s for s, measure in by_scheme.items() if measure == "contributors"}
        for name, by_scheme in measures.items()
    }
    assert paying == {
        "health": set(),
        "children": set(),
        "active_age": {"nssf_injury"},
        "older": set(),
        "any_scheme": {"nssf_injury"},
    }


def test_cash_in_hand_counts_as_the_standard_says(cambodia):
    """SI_COV_BENFTS is about cash: care in kind is in no numerator but that of health."""
    for indicator in cambodia.indicators[1:]:
        assert all(cambodia.scheme(name).cash for name in indicator.numerator.schemes)


def test_every_layer_from_the_province_down_reports(cambodia):
    assert {scheme.layer for scheme in cambodia.schemes} == {"village", "commune", "district", "province"}


def test_every_province_has_a_tile_of_its_own(cambodia, places):
    provinces = places.areas.loc[places.areas["layer"] == "province", "code"]
    assert set(cambodia.tiles) == set(provinces)
    assert len({(tile.column, tile.row) for tile in cambodia.tiles.values()}) == 25
    assert cambodia.tiles["12"] == (3, 3, "PP")
