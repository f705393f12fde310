"""Three districts are two thirds of the doubt: whom to telephone next."""

from dash import html
from dash.development.base_component import Component

from dashboards.models.doubt import Doubt
from sala.translation.translator import Translator

NAMED = 5


def doubt_sentence(doubt: Doubt | None, t: Translator) -> list[Component]:
    """The paragraph, or nothing where no return is missing."""
    if doubt is None:
        return []
    names = [t.name(area) for area in doubt.names[:NAMED]] + ["…"] * (len(doubt.names) > NAMED)
    text = t(
        "doubt.concentration",
        count=t.number(doubt.areas),
        layers=t.within(doubt.layers),
        share=t.percent(doubt.share),
        names=", ".join(names),
    )
    return [html.P(text, className="doubt")]
