"""Money and the plan: what was granted and paid, what closing the gap would cost, and where the targets stand."""

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.format_figure import measured
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.models.area_profile import AreaProfile
from dashboards.pages.board.models import Board, Cost, Goal
from sala.translation.translator import Translator

_ABSORPTION = "absorption"
_BILLION = 1e9


def money(profile: AreaProfile, board: Board, country: Country, t: Translator) -> list[Component]:
    """A sentence on absorption; then a table of what gaps cost, and one of targets, where the country has them."""
    figure = profile.figure(_ABSORPTION)
    if figure is None or figure.numerator is None or not figure.denominator:
        sentence = t("board.no_money")
    else:
        sentence = t(
            "board.money",
            granted=_amount(figure.denominator, country, t),
            paid=_amount(figure.numerator, country, t),
            share=measured(figure, "percent", t),
        )
    parts: list[Component] = [html.P(sentence, className="lede")]
    if board.costs:
        parts.append(html.H3(t("board.cost_of_gap")))
        parts.append(data_table(_costs(profile, board, country, t), t))
    if board.goals:
        parts.append(html.H3(t("board.plan")))
        parts.append(data_table(_goals(profile, board, t), t))
    return parts


def _amount(amount: float, country: Country, t: Translator) -> str:
    if amount >= _BILLION:
        return t("board.billion", amount=t.number(amount / _BILLION, 1), currency=country.currency)
    return f"{t.number(amount)} {country.currency}"


def _costs(profile: AreaProfile, board: Board, country: Country, t: Translator) -> Table:
    columns = (
        Column("indicator", t("column.indicator"), "text"),
        Column("uncovered", t("board.uncovered"), "text"),
        Column("monthly_cost", t("board.monthly_cost"), "text"),
    )

    def row(cost: Cost) -> tuple[str, str, str]:
        low, high = cost.monthly_cost_at_least, cost.monthly_cost_at_most
        return (
            _title(profile, cost.indicator, t),
            _between(t.number(cost.uncovered_at_least), t.number(cost.uncovered_at_most)),
            _between(_amount(low or 0, country, t), _amount(high or 0, country, t)),
        )

    return Table(t("board.cost_of_gap"), columns, [row(cost) for cost in board.costs])


def _goals(profile: AreaProfile, board: Board, t: Translator) -> Table:
    columns = (
        Column("indicator", t("column.indicator"), "text"),
        Column("target", t("board.target"), "text"),
        Column("present", t("board.present"), "text"),
        Column("state", t("column.state"), "text"),
    )

    def row(goal: Goal) -> tuple[str, str, str, str]:
        present = (
            t.percent(goal.present)
            if goal.present is not None
            else t("format.percent", number=t.span(goal.lower_bound, goal.upper_bound))
        )
        target = t("board.target_by", share=t.percent(goal.target), year=f"{goal.year:.0f}")
        state = t(f"board.goal.{goal.state}")
        if goal.arrival_year and goal.state in ("behind", "on_track"):
            state += " · " + t("board.arrival", year=f"{goal.arrival_year:.0f}")
        return _title(profile, goal.indicator, t), target, present, state

    return Table(t("board.plan"), columns, [row(goal) for goal in board.goals])


def _between(low: str, high: str) -> str:
    return low if low == high else f"{low} – {high}"


def _title(profile: AreaProfile, indicator: str, t: Translator) -> str:
    shown = profile.reference.indicator(indicator)
    return t.name(shown.titles if shown else {}, indicator)
