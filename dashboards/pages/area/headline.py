"""The sentence first: what an area's figures say in words; then how sure, how complete, in what state."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.format_figure import EVERYBODY, per_hundred, said, says_nothing
from dashboards.models.figures import HEADLINE, MEN, TOTAL, WOMEN, AreaFacts, Figure
from dashboards.server.view import View
from sala.translation.translator import Words


def headline_indicator(facts: AreaFacts) -> str | None:
    """What the sentence speaks of: covered by at least one scheme, or a country's first indicator."""
    present = [indicator.id for indicator in facts.indicators]
    return HEADLINE if HEADLINE in present else next(iter(present), None)


def headline(facts: AreaFacts, view: View, words: Words) -> list[Component]:
    """Title, lede and pills of an area's page."""
    indicator = headline_indicator(facts)
    figure = facts.figure(indicator) if indicator else None
    lede = _lede(facts, indicator, words) if indicator and figure else words("headline.nothing_lede")
    return [
        html.H1(sentence(facts, figure, words), id="headline", tabIndex=-1),
        html.P(lede, className="lede"),
        html.Ul([html.Li(pill) for pill in _pills(facts, figure, view, words)], className="pills"),
    ]


def sentence(facts: AreaFacts, figure: Figure | None, words: Words) -> list[Any]:
    """The headline as text and emphasised numbers; says only what is known."""
    place = "" if facts.area.depth == 0 else "_in"
    parts: dict[str, Any] = {"area": words.name(facts.area.names, facts.area.code)}
    if figure is not None and figure.indicator != HEADLINE:
        shown = facts.reference.indicator(figure.indicator)
        title = words.name(shown.titles if shown else {}, figure.indicator)
        return words.rich("headline.other", **parts, title=title, value=html.Em(said(figure, words)))
    if figure is None:
        when = words.period(facts.period.code) if facts.period else words("period.any")
        return words.rich("headline.nothing", **parts, period=when)
    if figure.value is not None:
        value = html.Em(words.per_hundred(figure.value))
        return words.rich(f"headline.exact{place}", **parts, value=value)
    if figure.low is not None:
        return _bounds(figure.low, figure.high, place, parts, words)
    if figure.numerator is not None:
        return words.rich("headline.count", **parts, n_people=html.Em(words.number(figure.numerator)))
    if figure.low_count is not None and figure.high_count is not None:
        fewest, most = (html.Em(words.number(n)) for n in (figure.low_count, figure.high_count))
        return words.rich("headline.count_between", **parts, low=fewest, high=most)
    if figure.low_count:
        return words.rich("headline.count_at_least", **parts, low=html.Em(words.number(figure.low_count)))
    return words.rich("headline.unknown", **parts)


def _bounds(low: float, high: float | None, place: str, parts: dict[str, Any], words: Words) -> list[Any]:
    """Bounds in words; one that nobody could fall outside of is left unsaid."""
    least = html.Em(words.per_hundred(low, "low"))
    if high is None or high >= EVERYBODY:
        return words.rich(f"headline.at_least{place}" if low > 0 else "headline.unknown", **parts, low=least)
    most = html.Em(words.per_hundred(high, "high"))
    if least.children == most.children:
        return words.rich(f"headline.exact{place}", **parts, value=least)
    return words.rich(f"headline.between{place}", **parts, low=least, high=most)


def _lede(facts: AreaFacts, indicator: str, words: Words) -> str:
    women, men, total = (facts.figure(indicator, sex) for sex in (WOMEN, MEN, TOTAL))
    if women and men and not says_nothing(women) and not says_nothing(men):
        return words("headline.sexes", women=per_hundred(women, words), men=per_hundred(men, words))
    if total and not total.known:
        return words("headline.no_denominator")
    return words("headline.why_unknown" if says_nothing(total) else "headline.no_sexes")


def _pills(facts: AreaFacts, figure: Figure | None, view: View, words: Words) -> list[Component]:
    pills: list[Component] = []
    if facts.newer:
        share = words.percent(facts.newer.reported)
        text = words("pill.newer", period=words.period(facts.newer.code), share=share)
        pills.append(dcc.Link(text, href=view.href(period=facts.newer.code), className="pill"))
    if figure is None:
        return pills
    pills.insert(0, html.Span(_status(facts, figure, words), className=f"pill {figure.status}"))
    pills.insert(1, _reported(facts, figure, words))
    if figure.value is not None and figure.low is not None and figure.high is not None:
        silent = words(
            "pill.silent",
            low=words.per_hundred(figure.low, "low"),
            high=words.per_hundred(figure.high, "high"),
        )
        pills.insert(2, html.Span(silent, className="pill"))
    elif figure.value is None and figure.low is not None:
        pills.insert(2, html.Span(words("pill.bounds"), className="pill"))
    return pills


def _status(facts: AreaFacts, figure: Figure, words: Words) -> str:
    layer = facts.reference.layer(facts.area.depth + 1)
    if figure.status != "provisional" or not facts.below or layer is None:
        status = words(f"status.{figure.status}")
        return status[:1].upper() + status[1:]
    below = [facts.figure(figure.indicator, area=area.code) for area in facts.below]
    endorsed = sum(1 for child in below if child and child.status != "provisional")
    layers = words.within(layer.plurals)
    return words(
        "pill.provisional", endorsed=words.number(endorsed), all=words.number(len(below)), layers=layers
    )


def _reported(facts: AreaFacts, figure: Figure, words: Words) -> Component:
    returns = facts.rates(facts.area.code, "scheme_returns").get(figure.period)
    if returns and returns.expected:
        text = words("pill.reported", n=returns.expected, share=words.percent(returns.rate))
    else:
        text = words("pill.reported_share", share=words.percent(figure.completeness))
    return html.Span(text, className="pill")
