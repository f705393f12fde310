"""The four guarantees of ILO Recommendation 202: a figure card for each of their indicators."""

from dash import html
from dash.development.base_component import Component

from dashboards.components.figure_card import figure_card
from dashboards.models.area_profile import GUARANTEES, AreaProfile
from dashboards.models.reference import Indicator
from dashboards.server.view import View
from sala.translation.translator import Translator


def guarantees(profile: AreaProfile, view: View, t: Translator) -> Component:
    """The cards in the order of the guarantees; a guarantee may have several indicators."""
    cards = []
    for guarantee in GUARANTEES:
        indicators = [i for i in _on_cards(profile) if i.guarantee == guarantee]
        for indicator in indicators:
            name = _name(indicator, guarantee, len(indicators), t)
            cards.append(figure_card(profile, indicator, name, view, t))
    return html.Div(cards, className="cards")


def _on_cards(profile: AreaProfile) -> list[Indicator]:
    """Shares of the people; what is of one scheme, or only counted, is among the further figures."""
    return [i for i in profile.reference.indicators if i.compared]


def _name(indicator: Indicator, guarantee: str, of_guarantee: int, t: Translator) -> str:
    """The guarantee's name where one indicator stands for it, else the indicator's own."""
    return t(f"guarantee.{guarantee}") if of_guarantee == 1 else t.name(indicator.titles, indicator.id)
