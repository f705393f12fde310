"""The plan speaks of what there is."""

from countries.checks.indicators import indicators_by_id, unknown_indicator
from countries.checks.reference_checks import Broken, unknown
from countries.folder.raw_declarations import RawDeclarations


def the_plan_names_what_exists(declared: RawDeclarations) -> Broken:
    """Yields undeclared indicators, schemes and administrators, and indicators that leave nobody out."""
    plan = declared.parsed.get(("plan",))
    if plan is None:
        return
    indicators = indicators_by_id(declared)
    for number, extension in enumerate(plan.extensions):
        place = ("plan", "extensions", number)
        yield from unknown_indicator(declared, (*place, "indicator"), extension.indicator)
        yield from unknown(declared, (*place, "accountable"), extension.accountable, "administrators")
        if extension.scheme:
            yield from unknown(declared, (*place, "scheme"), extension.scheme, "schemes")
        indicator = indicators.get(extension.indicator)
        if indicator is not None and not (indicator.coverage and indicator.population):
            message = (
                f"`{indicator.id}` is no coverage of a known population, so nobody can be counted as left out"
            )
            yield (*place, "indicator"), message
    for number, risk in enumerate(plan.risks):
        yield from unknown_indicator(declared, ("plan", "risks", number, "indicator"), risk.indicator)
        yield from unknown(declared, ("plan", "risks", number, "owner"), risk.owner, "administrators")
