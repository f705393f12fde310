"""The rules between the objects of a country: what names what, and whether it is there."""

import re
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

from countries.declared import TRANSLATED
from countries.raw_declarations import Draft
from countries.reference_checks import Broken, all_known, known
from countries.role_rules import ROLE_RULES
from countries.yaml_positions import Place

DUE = ("scheme_returns", "flash_reports")  # the datasets that somebody must file by a day
PERIODS = {"months": r"\d{4}-(0[1-9]|1[0-2])", "weeks": r"\d{4}-W(0[1-9]|[1-4]\d|5[0-3])"}


def hold(draft: Draft) -> None:
    """Add to the draft's faults every broken rule among the objects that could be parsed."""
    for rule in RULES:
        for place, message in rule(draft):
            draft.fault(place, message)


def ids_are_unique(draft: Draft) -> Broken:
    for section in (
        "layers",
        "age_groups",
        "administrators",
        "schemes",
        "indicators",
        "corrections",
        "roles",
    ):
        first: dict[str, Place] = {}
        for place, item in draft.items(section):
            if item.id in first:
                taken = int(first[item.id][1]) + 1
                yield (*place, "id"), f"the id `{item.id}` is taken by entry {taken}; choose another"
            first.setdefault(item.id, place)


def the_chain_has_two_to_eight_layers(draft: Draft) -> Broken:
    if "layers" in draft.raw and not 2 <= len(draft.ids("layers")) <= 8:
        yield ("layers",), f"the chain has {len(draft.ids('layers'))} layers; it can have two to eight"


def age_groups_do_not_overlap(draft: Draft) -> Broken:
    groups = sorted(draft.items("age_groups"), key=lambda entry: entry[1].low)
    for (_, younger), (place, older) in pairwise(groups):
        if younger.high is None or older.low <= younger.high:
            message = f"{older.id} begins at {older.low}, inside {younger.id}; each age is counted once"
            yield (*place, "low"), message


def schemes_name_what_exists(draft: Draft) -> Broken:
    for place, scheme in draft.items("schemes"):
        yield from known(draft, (*place, "layer"), scheme.layer, "layers")
        yield from known(draft, (*place, "administrator"), scheme.administrator, "administrators")
        eligible = scheme.eligible.age_groups
        yield from all_known(draft, (*place, "eligible", "age_groups"), eligible, "age_groups")
        if scheme.by_age and not draft.ids("age_groups"):
            yield (*place, "by_age"), "returns by age need `age_groups`, and the country declares none"


def indicators_name_what_exists(draft: Draft) -> Broken:
    for place, indicator in draft.items("indicators"):
        for part in ("numerator", "denominator"):
            ages = getattr(indicator, part).age_groups
            yield from all_known(draft, (*place, part, "age_groups"), ages, "age_groups")
        yield from all_known(draft, (*place, "numerator", "schemes"), indicator.numerator.schemes, "schemes")


def numerators_by_age_have_ages(draft: Draft) -> Broken:
    """A numerator cannot pick ages from a scheme that reports all ages in one line."""
    schemes = {scheme.id: scheme for _, scheme in draft.items("schemes")}
    for place, indicator in draft.items("indicators"):
        ages = indicator.numerator.age_groups
        for number, name in enumerate(indicator.numerator.schemes):
            scheme = schemes.get(name)
            if not ages or scheme is None or scheme.by_age:
                continue
            if not scheme.eligible.age_groups or set(scheme.eligible.age_groups) - set(ages):
                message = f"`{name}` does not report by age, so {', '.join(ages)} cannot be told apart in it"
                yield (*place, "numerator", "schemes", number), message


def the_calendar_names_a_layer(draft: Draft) -> Broken:
    calendar = draft.parsed.get(("calendar",))
    if calendar and calendar.flash_reports:
        place: Place = ("calendar", "flash_reports", "layer")
        yield from known(draft, place, calendar.flash_reports.layer, "layers")


def the_calendar_gives_grace_to_what_has_a_due_day(draft: Draft) -> Broken:
    calendar = draft.parsed.get(("calendar",))
    if not calendar:
        return
    for dataset in calendar.grace_days:
        if dataset not in DUE:
            message = f"`{dataset}` has no due day, so there is no grace after it; due are {', '.join(DUE)}"
            yield ("calendar", "grace_days", dataset), message
        elif dataset == "flash_reports" and not calendar.flash_reports:
            message = "no layer files flash reports: say which in `flash_reports`, or leave the grace out"
            yield ("calendar", "grace_days", dataset), message


def grievances_have_each_term_once(draft: Draft) -> Broken:
    if book := draft.parsed.get(("grievances",)):
        for section, terms in (("categories", book.categories), ("channels", book.channels)):
            first: dict[str, int] = {}
            for number, term in enumerate(terms):
                if first.setdefault(term.id, number) != number:
                    taken = first[term.id] + 1
                    message = f"the id `{term.id}` is taken by entry {taken}; choose another"
                    yield ("grievances", section, number, "id"), message


def the_gazetteer_fills_every_layer(draft: Draft) -> Broken:
    source = draft.parsed.get(("gazetteer",))
    if source is None:
        return
    for number, table in enumerate(source.sources):
        place: Place = ("gazetteer", "sources", number)
        if table.layer:
            yield from known(draft, (*place, "layer"), table.layer, "layers")
        for language in draft.parsed.get(("languages",)) or ():
            if language not in table.columns.names:
                message = f"no column for the names in `{language}`; name one, if need be one used already"
                yield (*place, "columns", "names"), message
    filled = {table.layer for table in source.sources}
    if None not in filled:
        for layer in draft.ids("layers")[1:]:
            if layer not in filled:
                yield ("gazetteer", "sources"), f"no table gives the areas of layer `{layer}`"


def corrections_name_layers(draft: Draft) -> Broken:
    for place, correction in draft.items("corrections"):
        yield from known(draft, (*place, "layer"), correction.layer, "layers")


def the_map_and_the_shares_name_layers(draft: Draft) -> Broken:
    if grid := draft.parsed.get(("tile_grid",)):
        yield from known(draft, ("tile_grid", "layer"), grid.layer, "layers")
    population = draft.parsed.get(("population",))
    if population and population.shares:
        yield from known(draft, ("population", "shares", "layer"), population.shares.layer, "layers")
    if population and not draft.ids("age_groups"):
        yield ("population",), "a population by age needs `age_groups`, and the country declares none"


def the_sample_round_names_schemes_and_periods(draft: Draft) -> Broken:
    if sample := draft.parsed.get(("sample_round",)):
        for scheme in sample.schemes:
            yield from known(draft, ("sample_round", "schemes", scheme), scheme, "schemes")
        for layer in sample.flash_items:
            yield from known(draft, ("sample_round", "flash_items", layer), layer, "layers")
        for section, shape in PERIODS.items():
            for number, period in enumerate(getattr(sample, section)):
                if not re.fullmatch(shape, period):
                    message = f"{period!r} is not one of the {section}, like 2026-10 or 2026-W47"
                    yield ("sample_round", section, number), message


def everything_is_translated(draft: Draft) -> Broken:
    languages = draft.parsed.get(("languages",)) or ()
    for place, item in draft.parsed.items():
        if isinstance(item, BaseModel):
            yield from _untranslated(place, item, languages)
    names = draft.parsed.get(("names",))
    if names is not None:
        yield from _missing_languages(("names",), names, languages)


def _untranslated(place: Place, item: BaseModel, languages: Iterable[str]) -> Broken:
    for name, info in type(item).model_fields.items():
        value = getattr(item, name)
        if TRANSLATED in info.metadata and value is not None:
            yield from _missing_languages((*place, name), value, languages)
        elif isinstance(value, BaseModel):
            yield from _untranslated((*place, name), value, languages)
        elif isinstance(value, tuple):
            for number, part in enumerate(value):
                if isinstance(part, BaseModel):
                    yield from _untranslated((*place, name, number), part, languages)


def _missing_languages(place: Place, texts: Any, languages: Iterable[str]) -> Broken:
    for language in languages:
        if not texts.get(language, "").strip():
            yield place, f"`{place[-1]}` has no text in `{language}`; add one"
    for language in texts.keys() - set(languages):
        yield (*place, language), f"`{language}` is not one of the country's languages"


RULES: tuple[Callable[[Draft], Broken], ...] = (
    ids_are_unique,
    the_chain_has_two_to_eight_layers,
    age_groups_do_not_overlap,
    schemes_name_what_exists,
    indicators_name_what_exists,
    numerators_by_age_have_ages,
    the_calendar_names_a_layer,
    the_calendar_gives_grace_to_what_has_a_due_day,
    grievances_have_each_term_once,
    the_gazetteer_fills_every_layer,
    corrections_name_layers,
    the_map_and_the_shares_name_layers,
    the_sample_round_names_schemes_and_periods,
    *ROLE_RULES,
    everything_is_translated,
)
