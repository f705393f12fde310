"""Totals published elsewhere beside what is compiled, those that differ first."""

from dash import html
from dash.development.base_component import Component

from dashboards.models.published_total import PublishedTotal
from dashboards.models.reference import Reference
from sala.translation.translator import Translator

_MOST = 12
_SEXES = {"F": "column.women", "M": "column.men", "X": "column.another", "U": "column.not_stated"}


def published_totals(
    totals: tuple[PublishedTotal, ...], reference: Reference, t: Translator
) -> Component | None:
    """One line each; None where nothing was handed in."""
    if not totals:
        return None
    lines = [
        html.Li(_line(total, *of_measure, reference, t))
        for total in totals[:_MOST]
        for of_measure in total.measures
    ]
    if len(totals) > _MOST:
        lines.append(html.Li(t("review.more_moves", n=len(totals) - _MOST)))
    return html.Section(
        [html.H2(t("review.published")), html.Ul(lines, className="plain moves")],
        className="card one",
        id="published",
    )


def _line(
    total: PublishedTotal,
    measure: str,
    published: float,
    compiled: float | None,
    reference: Reference,
    t: Translator,
) -> str:
    scheme = reference.scheme(total.scheme)
    sex = t(_SEXES.get(total.sex, "column.all"))
    name = ", ".join(
        [
            t.name(total.names, total.area),
            t.name(scheme.names if scheme else {}, total.scheme),
            sex,
            t(f"measure.{measure}"),
        ]
    )
    cents = 0 if all(float(n).is_integer() for n in (published, compiled) if n is not None) else 2
    if compiled is None:
        return t("review.published.alone", what=name, published=t.number(published, cents))
    apart = round(abs(published - compiled), 2)
    return t(
        "review.published.differs" if apart else "review.published.agrees",
        what=name,
        published=t.number(published, cents),
        compiled=t.number(compiled, cents),
        apart=t.number(apart, cents),
    )
