"""What Cambodia's folder declares holds together."""

from countries.country import check


def test_the_folder_is_sound(cambodia):
    assert check(cambodia.folder) == []


UNITED = ("health", "children", "active_age", "older", "any_scheme")
"""Indicators of several schemes, with a rate."""
SERIES = {"BENFTS", "CHLD", "MATNL", "DISAB", "UEMP", "WKINJRY", "PENSN", "VULN", "POOR"}


def test_each_guarantee_begins_with_an_indicator_of_all_its_schemes(cambodia):
    first = {}
    for indicator in cambodia.indicators:
        first.setdefault(indicator.guarantee, indicator.id)
    assert first == {None: "any_scheme"} | {name: name for name in UNITED[:4]}


def test_every_series_that_administrative_data_can_support_is_declared(cambodia):
    declared = {indicator.series: indicator for indicator in cambodia.indicators}
    assert {f"SI_COV_{name}" for name in SERIES} <= set(declared)
    unknown = {name for name in SERIES if declared[f"SI_COV_{name}"].divided_by.missing}
    assert unknown == {"MATNL", "DISAB", "UEMP", "WKINJRY", "POOR"}, "denominators that the country lacks"


def test_each_scheme_has_its_own_coverage(cambodia):
    own = {indicator.id for indicator in cambodia.indicators if indicator.each}
    assert own == {f"coverage_{scheme.id}" for scheme in cambodia.schemes}
    assert cambodia.indicator("coverage_elderly").title["en"] == "Cash transfer for older persons: coverage"
    assert cambodia.indicator("coverage_elderly").denominator.age_groups == ("Y60T74", "Y_GE75")


def test_only_schemes_that_cannot_overlap_add_up(cambodia):
    """Disjoint by age or by the rule of the return; never for the union of all."""
    assert cambodia.indicator("any_scheme").numerator.together == "overlapping"
    children = cambodia.indicator("children")
    ages = [set(cambodia.scheme(name).eligible.age_groups) for name in children.numerator.schemes]
    assert not set.intersection(*ages)


def test_contributors_count_for_injury_insurance_only(cambodia):
    paying = {
        indicator.id: {s for s, measure in indicator.measures.items() if measure == "contributors"}
        for indicator in cambodia.indicators
    }
    assert {name: schemes for name, schemes in paying.items() if schemes} == {
        "active_age": {"nssf_injury"},
        "any_scheme": {"nssf_injury"},
        "work_injury": {"nssf_injury"},
    }


def test_cash_in_hand_counts_as_the_standard_says(cambodia):
    """SI_COV_BENFTS is about cash: care in kind is in no numerator but that of health."""
    for indicator in cambodia.indicators:
        if indicator.series.startswith("SI_COV_"):
            assert all(cambodia.scheme(name).cash for name in indicator.numerator.schemes)


def test_every_layer_from_the_province_down_reports(cambodia):
    assert {scheme.layer for scheme in cambodia.schemes} == {"village", "commune", "district", "province"}


def test_every_province_has_a_tile_of_its_own(cambodia, places):
    provinces = places.areas.loc[places.areas["layer"] == "province", "code"]
    assert set(cambodia.tiles) == set(provinces)
    assert len({(tile.column, tile.row) for tile in cambodia.tiles.values()}) == 25
    assert cambodia.tiles["12"] == (3, 3, "PP")
