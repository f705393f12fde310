"""Which schemes an indicator counts: those that it names, and those that its filters leave.

What reads a country finds them spelt out, and one indicator for each scheme where a file declares it so.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from countries.declarations.indicators import RETURNS, Filters, Indicator, Measure
from countries.declarations.schemes import RequestedColumn, Scheme

REQUESTED = get_args(RequestedColumn)


def chosen(filters: Filters, measure: Measure, unit: str, schemes: Iterable[Scheme]) -> tuple[str, ...]:
    """The ids of the schemes that filters leave: all of those named, else each whose returns can state the measure in
    the unit of the indicator."""
    return tuple(
        scheme.id
        for scheme in schemes
        if (scheme.id in filters.schemes if filters.schemes else _can_state(scheme, measure, unit))
        and (not filters.functions or scheme.function in filters.functions)
        and (not filters.guarantees or scheme.guarantee in filters.guarantees)
        and (not filters.kinds or scheme.kind in filters.kinds)
    )


def _can_state(scheme: Scheme, measure: Measure, unit: str) -> bool:
    if measure in RETURNS:
        return True
    counted = "households" if unit == "household" else "persons"
    return scheme.unit == counted and (measure not in REQUESTED or measure in scheme.reports)


def spelt_out(indicators: Iterable[Indicator], schemes: tuple[Scheme, ...]) -> Iterator[Indicator]:
    """The indicators with their schemes, one for each scheme where they say so."""
    for indicator in indicators:
        named = _with_schemes(indicator, schemes)
        if named.each is None or named.numerator is None:
            yield named
            continue
        for scheme in schemes:
            if scheme.id in named.numerator.schemes:
                yield _of_scheme(named, scheme)


def _with_schemes(indicator: Indicator, schemes: tuple[Scheme, ...]) -> Indicator:
    numerator, denominator = indicator.numerator, indicator.denominator
    if numerator is None:
        return indicator
    counted = chosen(numerator, numerator.measure, indicator.unit, schemes)
    changes: dict[str, object] = {"numerator": numerator.model_copy(update={"schemes": counted})}
    if denominator is not None:
        divisors = chosen(denominator, denominator.measure, indicator.unit, schemes)
        narrowed = any(
            (denominator.schemes, denominator.functions, denominator.guarantees, denominator.kinds)
        )
        less = tuple(
            part.model_copy(update={"schemes": chosen(part, part.measure, indicator.unit, schemes)})
            for part in denominator.less
        )
        changes["denominator"] = denominator.model_copy(
            update={"schemes": divisors if narrowed else counted, "less": less}
        )
    return indicator.model_copy(update=changes)


def _of_scheme(indicator: Indicator, scheme: Scheme) -> Indicator:
    """One scheme's own: its guarantee, its name where the texts have {scheme}, and the persons whom it is for."""
    assert indicator.numerator is not None
    changes: dict[str, object] = {
        "id": f"{indicator.id}_{scheme.id}",
        "guarantee": indicator.guarantee or scheme.guarantee,
        "frequency": scheme.frequency,
        "series": f"{indicator.series}_{scheme.id.upper()}",
        "numerator": indicator.numerator.model_copy(update={"schemes": (scheme.id,)}),
    }
    for name in ("title", "why", "caveats"):
        changes[name] = _about(getattr(indicator, name), scheme)
    if (population := indicator.population) is not None:
        changes["denominator"] = population.model_copy(
            update={
                "schemes": (scheme.id,),
                "sexes": population.sexes or scheme.eligible.sexes,
                "age_groups": population.age_groups or scheme.eligible.age_groups,
            }
        )
    elif indicator.denominator is not None:
        changes["denominator"] = indicator.denominator.model_copy(update={"schemes": (scheme.id,)})
    return indicator.model_copy(update=changes)


def _about(texts: Mapping[str, str], scheme: Scheme) -> dict[str, str]:
    """A text in each language, with the scheme's name in it."""
    return {
        language: text.replace("{scheme}", scheme.names.get(language, scheme.id))
        for language, text in texts.items()
    }
