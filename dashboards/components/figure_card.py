"""One indicator of one area on a card: headline, women and men, the months, the definition."""

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.charts.sparkline import SETTLED, sparkline
from dashboards.components.aria import aria
from dashboards.components.chart_frame import graph
from dashboards.components.coverage_bar import coverage_bar, top_of_scale
from dashboards.components.data_table_disclosure import data_table_disclosure
from dashboards.components.format_figure import figure_text, per_hundred, says_nothing
from dashboards.models.area_profile import AreaProfile
from dashboards.models.figure import MEN, TOTAL, WOMEN, Figure
from dashboards.models.reference import Indicator
from dashboards.server.view import View
from sala.translation.translator import Translator

_PARAGRAPH = {"health": "5(a)", "children": "5(b)", "active_age": "5(c)", "older": "5(d)"}


def figure_card(
    profile: AreaProfile, indicator: Indicator, name: str, view: View, t: Translator
) -> Component:
    """All that is known about an indicator, under `name`, and the way to its definition and table."""
    total, women, men = (profile.figure(indicator.id, sex) for sex in (TOTAL, WOMEN, MEN))
    top = 1.0 if total is None else max(top_of_scale([total, women, men]), 1.0)
    paragraph = _PARAGRAPH.get(indicator.guarantee or "")
    heading = f"card-{indicator.id}"
    return html.Section(
        [
            html.Header(
                [
                    html.H2(name, id=heading),
                    html.Span(f"R202 {paragraph}", className="tag", title=t("guarantee.r202"))
                    if paragraph
                    else None,
                ]
            ),
            html.P(_big(total, t), className="big" if total and total.known else "big count"),
            html.Div(
                coverage_bar(total, women, men, top),
                role="img",
                **aria(label=_alt_text(total, women, men, t)),
            )
            if total and total.known
            else None,
            _sexes(women, men, t),
            _not_stated(profile, indicator, t),
            _reported_above(profile, indicator, t) if total is None or total.value is None else None,
            _months(profile, indicator, t),
            _definition(profile, indicator, view, t),
        ],
        className="card figure",
        **aria(labelledby=heading),
    )


def _big(total: Figure | None, t: Translator) -> list[Any] | str:
    if total is not None and not total.known and total.numerator is not None:
        return [t.number(total.numerator), html.Small(f" {t('card.persons', n=total.numerator)}")]
    if total is None or says_nothing(total):
        return t("figure.unknown")
    return t.rich("format.percent", number=per_hundred(total, t))


def _alt_text(total: Figure | None, women: Figure | None, men: Figure | None, t: Translator) -> str:
    return t(
        "card.aria_label", total=figure_text(total, t), women=figure_text(women, t), men=figure_text(men, t)
    )


def _sexes(women: Figure | None, men: Figure | None, t: Translator) -> Component:
    if women is None or men is None:
        return html.P(t("card.no_sexes"), className="sexes missing")
    if not women.known or not men.known:
        return _counts(women, men, t)
    if says_nothing(women) and says_nothing(men):
        return html.P(t("figure.unknown"), className="sexes missing")
    gap = None
    if women.value is not None and men.value is not None:
        gap = html.Span(t("card.gap", points=t.points(women.value, men.value)))
    return html.P(
        [
            html.B(t("card.women", value=figure_text(women, t)), className="women"),
            html.B(t("card.men", value=figure_text(men, t)), className="men"),
            gap,
        ],
        className="sexes",
    )


def _counts(women: Figure, men: Figure, t: Translator) -> Component:
    """Both sexes' persons, where no population makes shares of them."""
    if women.count is None or men.count is None:
        return html.P(t("card.no_sexes"), className="sexes missing")
    shown = [
        html.B(t(f"card.{name}", value=_persons(figure, t)), className=name)
        for name, figure in (("women", women), ("men", men))
    ]
    return html.P(shown, className="sexes")


def _persons(figure: Figure, t: Translator) -> str:
    if figure.numerator is None and not figure.count:
        return t("figure.not_reported")
    number = t.number(figure.count)
    return number if figure.numerator is not None else f"≥ {number}"


def _not_stated(profile: AreaProfile, indicator: Indicator, t: Translator) -> Component | None:
    """Persons of unstated sex count in the total; how many they are is said, never spread over the others."""
    total, unstated = profile.figure(indicator.id), profile.figure(indicator.id, "U")
    if total is None or unstated is None or not total.count or not unstated.count:
        return None
    share = (unstated.count or 0) / (total.count or 1)
    return html.P(t("card.not_stated", share=t.percent(share)), className="note") if share < 1 else None


def _reported_above(profile: AreaProfile, indicator: Indicator, t: Translator) -> Component | None:
    """Which schemes of the guarantee report only for areas above, so that nobody knows how many live here."""
    depths = {layer.level: layer.depth for layer in profile.reference.layers}
    above = [
        scheme
        for scheme in profile.reference.schemes
        if scheme.guarantee == indicator.guarantee and depths.get(scheme.level, 0) < profile.area.depth
    ]
    if not above:
        return None
    names = ", ".join(t.name(scheme.names, scheme.id) for scheme in above)
    return html.P(t("card.above", n=len(above), schemes=names), className="note")


def _months(profile: AreaProfile, indicator: Indicator, t: Translator) -> Component | None:
    history = profile.history(indicator.id)
    history = [f for f in history if profile.period is None or len(f.period) == len(profile.period.code)]
    if not any(f.known for f in history):
        return html.P(
            t("card.no_denominator" if profile.figure(indicator.id) else "card.nothing"), className="note"
        )
    if all(says_nothing(f) for f in history):
        return None
    chosen = profile.period.code if profile.period else None
    first, last = history[0], history[-1]
    alt = t(
        "card.months_spoken",
        first=t.period(first.period),
        start=figure_text(first, t),
        last=t.period(last.period),
        end=figure_text(last, t),
    )
    note = t("card.periods", n=len(history))
    if any(f.value is None for f in history):
        note += t("card.range")
    elif any(f.status not in SETTLED for f in history):
        note += t("card.dashed")
    return html.Div(
        [
            graph(sparkline(history, chosen, t), alt, 46),
            html.P(note, className="note"),
        ]
    )


def _definition(profile: AreaProfile, indicator: Indicator, view: View, t: Translator) -> Component:
    total = profile.figure(indicator.id)
    lines: list[Component] = [
        html.P(html.B(t.name(indicator.titles, indicator.id))),
        html.P(t.name(indicator.why)),
    ]
    if total and total.numerator is not None:
        lines.append(
            html.P(
                t(
                    "card.fraction",
                    numerator=t.number(total.numerator),
                    denominator=t.number(total.denominator),
                )
            )
        )
    caveats = t.name(indicator.caveats)
    lines += [html.P(caveats)] if caveats else []
    version = t("card.source", source=indicator.source, version=indicator.version)
    lines.append(html.P(version if not indicator.series else f"{indicator.series} · {version}"))
    whole = view.href(f"/definitions/{indicator.id}", indicator=None, level=None)
    lines.append(html.P(dcc.Link(t("definition.whole"), href=whole)))
    lines.append(
        data_table_disclosure(view.download_href("history", profile.area.code, indicator=indicator.id), t)
    )
    return html.Details([html.Summary(t("card.definition")), html.Div(lines)], className="definition")
