"""What an area's figures say, in a sentence: the headline of its page and of the board pack."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboards.components.format_figure import EVERYBODY, figure_text
from dashboards.models.area_profile import HEADLINE, AreaProfile
from dashboards.models.figure import Figure
from dashboards.models.reference import Scheme
from sala.translation.translator import Translator

_MOST_NAMES = 3


def headline_sentence(profile: AreaProfile, figure: Figure | None, t: Translator) -> list[Any]:
    """The headline as text and emphasised numbers; says only what is known."""
    place = "" if profile.area.depth == 0 else "_in"
    parts: dict[str, Any] = {"area": t.name(profile.area.names, profile.area.code)}
    if figure is not None and figure.indicator != HEADLINE:
        shown = profile.reference.indicator(figure.indicator)
        title = t.name(shown.titles if shown else {}, figure.indicator)
        return t.rich("headline.other", **parts, title=title, value=html.Em(figure_text(figure, t)))
    if figure is None:
        when = t.period(profile.period.code) if profile.period else t("period.any")
        return t.rich("headline.nothing", **parts, period=when)
    if figure.value is not None:
        value = html.Em(t.per_hundred(figure.value))
        return t.rich(f"headline.exact{place}", **parts, value=value)
    if figure.low_count is not None and (here := _counted_here(profile)) is not None:
        if not here:
            return t.rich("headline.no_schemes", **parts)
        schemes = _schemes(here, profile, t)
        return t.rich(
            "headline.some_schemes", **parts, low=html.Em(t.number(figure.low_count)), schemes=schemes
        )
    if figure.low is not None:
        return _bounds(figure.low, figure.high, place, parts, t)
    if figure.numerator is not None:
        return t.rich("headline.count", **parts, n_people=html.Em(t.number(figure.numerator)))
    if figure.low_count is not None and figure.high_count is not None:
        fewest, most = (html.Em(t.number(n)) for n in (figure.low_count, figure.high_count))
        return t.rich("headline.count_between", **parts, low=fewest, high=most)
    if figure.low_count:
        return t.rich("headline.count_at_least", **parts, low=html.Em(t.number(figure.low_count)))
    return t.rich("headline.unknown", **parts)


def _counted_here(profile: AreaProfile) -> list[Scheme] | None:
    """The schemes that are counted in the area at all; None where all are. Others report only for areas above."""
    depths = {layer.level: layer.depth for layer in profile.reference.layers}
    schemes = profile.reference.schemes
    here = [scheme for scheme in schemes if depths.get(scheme.level, 0) >= profile.area.depth]
    return here if len(here) < len(schemes) else None


def _schemes(here: Sequence[Scheme], profile: AreaProfile, t: Translator) -> str:
    if len(here) > _MOST_NAMES:
        return t("headline.schemes_of", n=len(here), all=t.number(len(profile.reference.schemes)))
    return ", ".join(t.name(scheme.names, scheme.id) for scheme in here)


def _bounds(low: float, high: float | None, place: str, parts: dict[str, Any], t: Translator) -> list[Any]:
    """Bounds in words; one that nobody could fall outside of is left unsaid."""
    if high is None or high >= EVERYBODY:
        sure = html.Em(t.per_hundred(low, "low"))
        return t.rich(f"headline.at_least{place}" if low > 0 else "headline.unknown", **parts, low=sure)
    least, most = (html.Em(t.per_hundred(bound)) for bound in (low, high))
    if least.children == most.children:
        return t.rich(f"headline.exact{place}", **parts, value=least)
    return t.rich(f"headline.between{place}", **parts, low=least, high=most)
