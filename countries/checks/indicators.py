"""Indicators count what schemes report."""

from countries.checks.reference_checks import Broken, unknown_among
from countries.folder.raw_declarations import RawDeclarations


def indicators_name_what_exists(declared: RawDeclarations) -> Broken:
    """Yields undeclared age groups of numerators and denominators, and undeclared schemes of numerators."""
    for place, indicator in declared.items("indicators"):
        for part in ("numerator", "denominator"):
            ages = getattr(indicator, part).age_groups
            yield from unknown_among(declared, (*place, part, "age_groups"), ages, "age_groups")
        yield from unknown_among(
            declared, (*place, "numerator", "schemes"), indicator.numerator.schemes, "schemes"
        )


def numerators_by_age_have_ages(declared: RawDeclarations) -> Broken:
    """A numerator cannot pick ages from a scheme that reports all ages in one line."""
    schemes = {scheme.id: scheme for _, scheme in declared.items("schemes")}
    for place, indicator in declared.items("indicators"):
        ages = indicator.numerator.age_groups
        for number, name in enumerate(indicator.numerator.schemes):
            scheme = schemes.get(name)
            if not ages or scheme is None or scheme.by_age:
                continue
            if not scheme.eligible.age_groups or set(scheme.eligible.age_groups) - set(ages):
                message = f"`{name}` does not report by age, so {', '.join(ages)} cannot be told apart in it"
                yield (*place, "numerator", "schemes", number), message


def indicators_add_up_one_unit(declared: RawDeclarations) -> Broken:
    """Persons and other units are never added: an indicator counts schemes of its own unit alone."""
    schemes = {scheme.id: scheme for _, scheme in declared.items("schemes")}
    for place, indicator in declared.items("indicators"):
        unit = "households" if indicator.unit == "household" else "persons"
        for number, name in enumerate(indicator.numerator.schemes):
            if name in schemes and schemes[name].unit != unit:
                message = (
                    f"`{name}` counts {schemes[name].unit.replace('_', ' ')}, and the indicator counts {unit}"
                )
                yield (*place, "numerator", "schemes", number), message
