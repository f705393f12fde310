"""The sentence first: what an area's figures say, in words; then how sure, how complete, and in what state."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.facts import HEADLINE, MEN, WOMEN, AreaFacts, Figure
from dashboards.frame.lanes import said
from dashboards.view import View
from dashboards.words import Words


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


def sentence(facts: AreaFacts, figure: Figure | None, words: Words) -> list[object]:
    """The headline as text and emphasised numbers; says only what is known."""
    place = "" if facts.area.depth == 0 else "_in"
    parts: dict[str, object] = {"area": words.name(facts.area.names, facts.area.code)}
    if figure is not None and figure.indicator != HEADLINE:
        shown = facts.reference.indicator(figure.indicator)
        title = words.name(shown.titles if shown else {}, figure.indicator)
        return words.rich("headline.other", title=title, value=html.Em(said(figure, words)))
    if figure is None:
        when = words.period(facts.period.code) if facts.period else words("period.any")
        return words.rich("headline.nothing", **parts, period=when)
    if figure.value is not None:
        value = html.Em(words.per_hundred(figure.value))
        return words.rich(f"headline.exact{place}", **parts, value=value)
    if figure.low is not None and figure.high is not None:
        if figure.low <= 0 and figure.high >= 0.99:  # from nobody to everybody says nothing
            return words.rich("headline.unknown", **parts)
        low, high = words.per_hundred(figure.low, "low"), words.per_hundred(figure.high, "high")
        if low == high:
            return words.rich(f"headline.exact{place}", **parts, value=html.Em(low))
        return words.rich(f"headline.between{place}", **parts, low=html.Em(low), high=html.Em(high))
    if figure.low is not None:
        low = html.Em(words.per_hundred(figure.low, "low"))
        return words.rich(f"headline.at_least{place}", **parts, low=low)
    if figure.numerator is not None:
        return words.rich("headline.count", **parts, n_people=html.Em(words.number(figure.numerator)))
    if figure.low_count is not None and figure.high_count is not None:
        low_count = html.Em(words.number(figure.low_count))
        return words.rich(
            "headline.count_between", **parts, low=low_count, high=html.Em(words.number(figure.high_count))
        )
    return words.rich("headline.unknown", **parts)


def _lede(facts: AreaFacts, indicator: str, words: Words) -> str:
    women, men = facts.figure(indicator, WOMEN), facts.figure(indicator, MEN)
    if women and men and women.known and men.known:
        return words("headline.sexes", women=_short(women, words), men=_short(men, words))
    total = facts.figure(indicator)
    if total and not total.known:
        return words("headline.no_denominator")
    return words("headline.no_sexes")


def _short(figure: Figure, words: Words) -> str:
    return words.per_hundred(figure.value) if figure.value is not None else words.span(figure.low, figure.high)


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
        return words(f"status.{figure.status}")
    below = [facts.figure(figure.indicator, area=area.code) for area in facts.below]
    endorsed = sum(1 for child in below if child and child.status != "provisional")
    layers = words.within(layer.plurals)
    return words("pill.provisional", endorsed=words.number(endorsed), all=words.number(len(below)), layers=layers)


def _reported(facts: AreaFacts, figure: Figure, words: Words) -> Component:
    returns = facts.rates(facts.area.code, "scheme_returns").get(figure.period)
    if returns and returns.expected:
        text = words("pill.reported", n=returns.expected, share=words.percent(returns.rate))
    else:
        text = words("pill.reported_share", share=words.percent(figure.completeness))
    return html.Span(text, className="pill")
