"""Indicators count what schemes report, and name what there is."""

from collections.abc import Iterator
from typing import Any

from countries.checks.reference_checks import Broken, unknown, unknown_among
from countries.declarations.indicators import Indicator
from countries.declarations.schemes import Scheme
from countries.folder.raw_declarations import RawDeclarations
from countries.folder.yaml_positions import Place
from countries.indicator_schemes import REQUESTED, chosen, spelt_out


def _parts(place: Place, indicator: Indicator) -> Iterator[tuple[Place, Any]]:
    """The parts of an indicator that count something, each with its place."""
    for name in ("numerator", "denominator"):
        if (part := getattr(indicator, name)) is not None:
            yield (*place, name), part
    for number, part in enumerate(indicator.denominator.less if indicator.denominator else ()):
        yield (*place, "denominator", "less", number), part


def _schemes(declared: RawDeclarations) -> dict[str, Scheme]:
    return {scheme.id: scheme for _, scheme in declared.items("schemes")}


def indicators_by_id(declared: RawDeclarations) -> dict[str, Indicator | None]:
    """Every indicator's id, those made for each scheme too, → the indicator; None for one with a fault."""
    sound = spelt_out((item for _, item in declared.items("indicators")), tuple(_schemes(declared).values()))
    return dict.fromkeys(declared.ids("indicators")) | {indicator.id: indicator for indicator in sound}


def unknown_indicator(declared: RawDeclarations, place: Place, name: str) -> Broken:
    """Yields one fault where no indicator has the id."""
    if name not in (known := indicators_by_id(declared)):
        yield place, f"`{name}` is not one of the indicators; there are {', '.join(known) or 'none'}"


def indicators_name_what_exists(declared: RawDeclarations) -> Broken:
    """Yields age groups, schemes, layers, reference amounts and indicators that nothing declares."""
    for place, indicator in declared.items("indicators"):
        for part_place, part in _parts(place, indicator):
            yield from unknown_among(declared, (*part_place, "age_groups"), part.age_groups, "age_groups")
            yield from unknown_among(declared, (*part_place, "schemes"), part.schemes, "schemes")
            if times := getattr(part, "times", None):
                yield from unknown(declared, (*part_place, "times"), times, "reference_amounts")
        yield from unknown_among(declared, (*place, "levels"), indicator.levels, "layers")
        if indicator.gap:
            yield from unknown_indicator(declared, (*place, "gap", "of"), indicator.gap.of)


def gaps_are_of_a_coverage(declared: RawDeclarations) -> Broken:
    """Women and men are compared in a figure that is told apart by sex, and a gap is in no other gap."""
    indicators = indicators_by_id(declared)
    for place, indicator in declared.items("indicators"):
        of = indicators.get(indicator.gap.of) if indicator.gap else None
        if of is not None and of.divided_by is None:  # a gap is divided by nothing either
            message = f"`{of.id}` has no rate for women and men; name one that is divided"
            yield (*place, "gap", "of"), message


def indicators_count_something(declared: RawDeclarations) -> Broken:
    """Filters that leave no scheme are a slip of the pen, unless the file says why there is nothing to count."""
    schemes = _schemes(declared)
    for place, indicator in declared.items("indicators"):
        for part_place, part in _parts(place, indicator):
            if part.measure == "population" or getattr(part, "missing", None):
                continue
            known = not set(part.schemes) - schemes.keys()
            if schemes and known and not chosen(part, part.measure, indicator.unit, schemes.values()):
                message = (
                    f"no scheme of the country states `{part.measure}` and passes these filters; change them, or say "
                    "under `missing` why there is nothing to count"
                )
                yield part_place, message


def numerators_by_age_have_ages(declared: RawDeclarations) -> Broken:
    """A numerator cannot pick ages from a scheme that reports all ages in one line."""
    schemes = _schemes(declared)
    for place, indicator in declared.items("indicators"):
        numerator = indicator.numerator
        if numerator is None or not (ages := numerator.age_groups):
            continue
        for name in chosen(numerator, numerator.measure, indicator.unit, schemes.values()):
            scheme = schemes[name]
            where: Place = (*place, "numerator")
            if name in numerator.schemes:
                where = (*where, "schemes", numerator.schemes.index(name))
            if scheme.by_age:
                continue
            if not scheme.eligible.age_groups or set(scheme.eligible.age_groups) - set(ages):
                message = f"`{name}` does not report by age, so {', '.join(ages)} cannot be told apart in it"
                yield where, message


def indicators_add_up_one_unit(declared: RawDeclarations) -> Broken:
    """Persons and other units are never added: an indicator counts schemes of its own unit alone."""
    schemes = _schemes(declared)
    for place, indicator in declared.items("indicators"):
        unit = "households" if indicator.unit == "household" else "persons"
        if indicator.numerator is None or indicator.unit == "return":
            continue
        for number, name in enumerate(indicator.numerator.schemes):
            if name in schemes and schemes[name].unit != unit:
                message = (
                    f"`{name}` counts {schemes[name].unit.replace('_', ' ')}, and the indicator counts {unit}"
                )
                yield (*place, "numerator", "schemes", number), message


def indicators_count_what_returns_are_asked(declared: RawDeclarations) -> Broken:
    """A column that a scheme is not asked for stays empty for ever."""
    schemes = _schemes(declared)
    for place, indicator in declared.items("indicators"):
        for part_place, part in _parts(place, indicator):
            for number, name in enumerate(part.schemes):
                if (
                    part.measure in REQUESTED
                    and name in schemes
                    and part.measure not in schemes[name].reports
                ):
                    message = (
                        f"`{name}` is not asked for `{part.measure}`; add it under `reports` of the scheme, or leave "
                        "the scheme out"
                    )
                    yield (*part_place, "schemes", number), message
