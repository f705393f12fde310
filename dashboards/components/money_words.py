"""Money and the plan of an area in words: what was granted and paid, what the gap costs, where targets stand."""

from countries.model import Country
from dashboards.components.format_figure import measured
from dashboards.components.table_data import Column, Table
from dashboards.models.area_profile import AreaProfile
from dashboards.models.board import Board, Cost, Goal
from sala.translation.translator import Translator

_ABSORPTION = "absorption"
_BILLION = 1e9


def granted_and_paid(profile: AreaProfile, country: Country, t: Translator) -> str:
    """A sentence on absorption; that nothing is known where nothing was granted."""
    figure = profile.figure(_ABSORPTION)
    if figure is None or figure.numerator is None or not figure.denominator:
        return t("board.no_money")
    return t(
        "board.money",
        granted=_amount(figure.denominator, country, t),
        paid=_amount(figure.numerator, country, t),
        share=measured(figure, "percent", t),
    )


def _amount(amount: float, country: Country, t: Translator) -> str:
    if amount >= _BILLION:
        return t("board.billion", amount=t.number(amount / _BILLION, 1), currency=country.currency)
    return f"{t.number(amount)} {country.currency}"


def costs_table(profile: AreaProfile, board: Board, country: Country, t: Translator) -> Table:
    """What it would cost a month to close each gap."""
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


def goals_table(profile: AreaProfile, board: Board, t: Translator) -> Table:
    """Each target, where it stands, and when it will be reached."""
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
