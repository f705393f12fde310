"""The sentence first: what an area's figures say in words; then how sure, how complete, in what state."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.doubt_sentence import doubt_sentence
from dashboards.components.format_figure import per_hundred, says_nothing
from dashboards.components.headline_sentence import headline_sentence
from dashboards.models.area_profile import AreaProfile
from dashboards.models.figure import MEN, TOTAL, WOMEN, Figure
from dashboards.server.view import View
from sala.translation.translator import Translator


def headline(profile: AreaProfile, view: View, t: Translator) -> list[Component]:
    """Title, lede and pills of an area's page."""
    indicator = profile.headline_indicator
    figure = profile.figure(indicator) if indicator else None
    lede = _lede(profile, indicator, t) if indicator and figure else t("headline.nothing_lede")
    return [
        html.H1(headline_sentence(profile, figure, t), id="headline", tabIndex=-1),
        html.P(lede, className="lede"),
        *doubt_sentence(profile.doubt, t),
        html.Ul([html.Li(pill) for pill in _pills(profile, figure, view, t)], className="pills"),
    ]


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
            low=t.per_hundred(figure.low),
            high=t.per_hundred(figure.high),
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
