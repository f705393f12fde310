"""Every rule between the declarations of a country, in the order in which its faults are found."""

from collections.abc import Callable, Collection, Iterable

from countries.checks import (
    areas,
    board,
    calendar,
    grievances,
    groups,
    ids,
    indicators,
    management_index,
    plan,
    public_tables,
    sample_round,
    schemes,
    translations,
)
from countries.checks.reference_checks import Broken
from countries.checks.roles import ROLE_RULES
from countries.folder.raw_declarations import RawDeclarations

Rule = Callable[[RawDeclarations], Broken]

RULES: tuple[Rule, ...] = (
    ids.ids_are_unique,
    areas.the_chain_has_two_to_eight_layers,
    schemes.age_groups_do_not_overlap,
    groups.groups_name_their_dimension,
    schemes.schemes_name_what_exists,
    indicators.indicators_name_what_exists,
    indicators.gaps_are_of_a_coverage,
    indicators.indicators_count_something,
    indicators.numerators_by_age_have_ages,
    indicators.indicators_add_up_one_unit,
    indicators.indicators_count_what_returns_are_asked,
    plan.the_plan_names_what_exists,
    board.the_scorecard_names_indicators,
    management_index.the_index_is_of_what_exists,
    calendar.the_calendar_names_a_layer,
    calendar.the_calendar_gives_grace_to_what_has_a_due_day,
    grievances.grievances_have_each_term_once,
    areas.the_gazetteer_fills_every_layer,
    areas.corrections_name_layers,
    areas.the_map_and_the_shares_name_layers,
    public_tables.public_tables_name_what_exists,
    public_tables.rounded_tables_share_a_threshold,
    sample_round.the_sample_round_names_schemes_and_periods,
    *ROLE_RULES,
    translations.everything_is_translated,
)


def add_faults(declared: RawDeclarations, more: Iterable[Rule] = ()) -> None:
    """Add to the declared's faults every broken rule among the objects that could be parsed; `more`: rules of those who
    read the folder."""
    for rule in (*more, *RULES):
        for place, message in rule(declared):
            declared.fault(place, message)


def add_unknown_areas(declared: RawDeclarations, codes: Collection[str]) -> None:
    """Add to the declared's faults every area that a section names and the gazetteer does not have."""
    for place, message in areas.sections_name_areas(declared, codes):
        declared.fault(place, message)
