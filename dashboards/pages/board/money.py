"""Money and the plan: what was granted and paid, what closing the gap would cost, and where the targets stand."""

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.money_words import costs_table, goals_table, granted_and_paid
from dashboards.components.table import data_table
from dashboards.models.area_profile import AreaProfile
from dashboards.models.board import Board
from sala.translation.translator import Translator


def money(profile: AreaProfile, board: Board, country: Country, t: Translator) -> list[Component]:
    """A sentence on absorption; then a table of what gaps cost, and one of targets, where the country has them."""
    parts: list[Component] = [html.P(granted_and_paid(profile, country, t), className="lede")]
    if board.costs:
        parts.append(html.H3(t("board.cost_of_gap")))
        parts.append(data_table(costs_table(profile, board, country, t), t))
    if board.goals:
        parts.append(html.H3(t("board.plan")))
        parts.append(data_table(goals_table(profile, board, t), t))
    return parts
