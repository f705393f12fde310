"""The sentence first: what an area's figures say in words; then how sure, how complete, in what state."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.format_figure import EVERYBODY, per_hundred, said, says_nothing
from dashboards.models.area_profile import HEADLINE, AreaProfile
from dashboards.models.figure import MEN, TOTAL, WOMEN, Figure
from dashboards.server.view import View
from sala.translation.translator import Translator


def headline_indicator(profile: AreaProfile) -> str | None:
    """What the sentence speaks of: covered by at least one scheme, or a country's first indicator."""
    present = [indicator.id for indicator in profile.indicators]
    return HEADLINE if HEADLINE in present else next(iter(present), None)


def headline(profile: AreaProfile, view: View, t: Translator) -> list[Component]:
    """Title, lede and pills of an area's page."""
    indicator = headline_indicator(profile)
    figure = profile.figure(indicator) if indicator else None
    lede = _lede(profile, indicator, t) if indicator and figure else t("headline.nothing_lede")
    return [
        html.H1(sentence(profile, figure, t), id="headline", tabIndex=-1),
        html.P(lede, className="lede"),
        html.Ul([html.Li(pill) for pill in _pills(profile, figure, view, t)], className="pills"),
    ]


def sentence(profile: AreaProfile, figure: Figure | None, t: Translator) -> list[Any]:
    """The headline as text and emphasised numbers; says only what is known."""
    place = "" if profile.area.depth == 0 else "_in"
    parts: dict[str, Any] = {"area": t.name(profile.area.names, profile.area.code)}
    if figure is not None and figure.indicator != HEADLINE:
        shown = profile.reference.indicator(figure.indicator)
        title = t.name(shown.titles if shown else {}, figure.indicator)
        return t.rich("headline.other", **parts, title=title, value=html.Em(said(figure, t)))
    if figure is None:
        when = t.period(profile.period.code) if profile.period else t("period.any")
        return t.rich("headline.nothing", **parts, period=when)
    if figure.value is not None:
        value = html.Em(t.per_hundred(figure.value))
        return t.rich(f"headline.exact{place}", **parts, value=value)
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


def _bounds(low: float, high: float | None, place: str, parts: dict[str, Any], t: Translator) -> list[Any]:
    """Bounds in words; one that nobody could fall outside of is left unsaid."""
    least = html.Em(t.per_hundred(low, "low"))
    if high is None or high >= EVERYBODY:
        return t.rich(f"headline.at_least{place}" if low > 0 else "headline.unknown", **parts, low=least)
    most = html.Em(t.per_hundred(high, "high"))
    if least.children == most.children:
        return t.rich(f"headline.exact{place}", **parts, value=least)
    return t.rich(f"headline.between{place}", **parts, low=least, high=most)


def _lede(profile: AreaProfile, indicator: str, t: Translator) -> str:
    women, men, total = (profile.figure(indicator, sex) for sex in (WOMEN, MEN, TOTAL))
    if women and men and not says_nothing(women) and not says_nothing(men):
        return t("headline.sexes", women=per_hundred(women, t), men=per_hundred(men, t))
    if total and not total.known:
        return t("headline.no_denominator")
    return t("headline.why_unknown" if says_nothing(total) else "headline.no_sexes")


def _pills(profile: AreaProfile, figure: Figure | None, view: View, t: Translator) -> list[Component]:
    pills: list[Component] = []
    if profile.newer:
        share = t.percent(profile.newer.reported)
        text = t("pill.newer", period=t.period(profile.newer.code), share=share)
        pills.append(dcc.Link(text, href=view.href(period=profile.newer.code), className="pill"))
    if figure is None:
        return pills
    pills.insert(0, html.Span(_status(profile, figure, t), className=f"pill {figure.status}"))
    pills.insert(1, _reported(profile, figure, t))
    if figure.value is not None and figure.low is not None and figure.high is not None:
        silent = t(
            "pill.silent",
            low=t.per_hundred(figure.low, "low"),
            high=t.per_hundred(figure.high, "high"),
        )
        pills.insert(2, html.Span(silent, className="pill"))
    elif figure.value is None and figure.low is not None:
        pills.insert(2, html.Span(t("pill.bounds"), className="pill"))
    return pills


def _status(profile: AreaProfile, figure: Figure, t: Translator) -> str:
    layer = profile.reference.layer(profile.area.depth + 1)
    if figure.status != "provisional" or not profile.below or layer is None:
        status = t(f"status.{figure.status}")
        return status[:1].upper() + status[1:]
    below = [profile.figure(figure.indicator, area=area.code) for area in profile.below]
    endorsed = sum(1 for child in below if child and child.status != "provisional")
    layers = t.within(layer.plurals)
    return t("pill.provisional", endorsed=t.number(endorsed), all=t.number(len(below)), layers=layers)


def _reported(profile: AreaProfile, figure: Figure, t: Translator) -> Component:
    returns = profile.rates(profile.area.code, "scheme_returns").get(figure.period)
    if returns and returns.expected:
        text = t("pill.reported", n=returns.expected, share=t.percent(returns.rate))
    else:
        text = t("pill.reported_share", share=t.percent(figure.completeness))
    return html.Span(text, className="pill")
