"""Totals published elsewhere beside what is compiled, those that differ first."""

from dash import html
from dash.development.base_component import Component

from dashboards.pages.review.figures import cell_name
from dashboards.pages.review.models import PublishedTotal, Review
from sala.translation.translator import Translator

_MOST = 12
_SEXES = {"F": "column.women", "M": "column.men", "X": "column.another", "U": "column.not_stated"}


def published_totals(review: Review, t: Translator) -> Component | None:
    """One line each, of the area and those right below; None where nothing was handed in."""
    if not review.published:
        return None
    lines = [html.Li(_line(total, review, t)) for total in review.published[:_MOST]]
    if len(review.published) > _MOST:
        lines.append(html.Li(t("review.more_moves", n=len(review.published) - _MOST)))
    return html.Section(
        [html.H2(t("review.published")), html.Ul(lines, className="plain moves")],
        className="card one",
        id="published",
    )


def _line(total: PublishedTotal, review: Review, t: Translator) -> str:
    sex = t(_SEXES.get(total.sex, "column.all"))
    name = f"{t.name(total.names, total.area)}, {cell_name(review, total.scheme, t)}, {sex}"
    if total.compiled is None:
        return t("review.published.alone", what=name, published=t.number(total.published))
    return t(
        "review.published.differs" if total.compiled != total.published else "review.published.agrees",
        what=name,
        published=t.number(total.published),
        compiled=t.number(total.compiled),
        apart=t.number(abs(total.published - total.compiled)),
    )
