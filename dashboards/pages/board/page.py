"""The board's page: five questions, a section each, to be read in two minutes."""

import datetime as dt
from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.components.figure_card import figure_card
from dashboards.components.headline_sentence import headline_sentence
from dashboards.models.area_profile import AreaProfile
from dashboards.models.board import Board
from dashboards.pages.board.decisions import decisions
from dashboards.pages.board.money import money
from dashboards.pages.board.movement import movement
from dashboards.pages.board.nation import may_read_nation, nation
from dashboards.pages.board.places import places
from dashboards.queries.weeks import week_on
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator


@page("/board", menu=20, group="figures", may=may_read_nation)
def board_page(view: View, country: Country, t: Translator) -> Page:
    """How many, what changed and why, where and how sure, what to decide, what it costs."""
    read = nation(country, view)
    profile, indicator, shown = read.profile, read.indicator, read.shown
    sections = [
        (1, "many", _many(profile, indicator, shown, view, t)),
        (2, "changed", movement(profile, shown, view, t)),
        (3, "where", places(profile, indicator, shown, view, t) if indicator and profile.below else []),
        (4, "decide", decisions(shown.decisions, view, t)),
        (5, "costs", money(profile, shown, country, t)),
    ]
    return Page(
        title=t("nav.board"),
        body=[
            _ways(view, t),
            *(_question(number, name, parts, t) for number, name, parts in sections),
        ],
        section="board",
        periods=profile.reference.period_codes,
        chosen={"period": read.period},
    )


def _ways(view: View, t: Translator) -> Component:
    """To the meeting, and the same on paper or in a pocket."""
    pack = f"/pack/{week_on(dt.date.today()).key}"
    return html.P(
        [
            dcc.Link(t("meeting.title"), href=view.href("/board/meeting"), className="action"),
            html.A(t("board.pack"), href=view.href(f"{pack}.pdf", lang=t.language), className="download"),
            html.A(t("board.picture"), href=view.href(f"{pack}.png", lang=t.language), className="download"),
        ],
        className="ways-out",
    )


def _question(number: int, name: str, parts: Sequence[Component], t: Translator) -> Component:
    """A question as the heading of its answer; the first is the headline of the page."""
    asked = t(f"board.{name}")
    heading = (
        html.H1(asked, id="headline", tabIndex=-1) if number == 1 else html.H2(asked, id=f"board-{name}")
    )
    label = "headline" if number == 1 else f"board-{name}"
    return html.Section(
        [html.Span(t.number(number), className="number", **aria(hidden="true")), heading, *parts],
        className="card question",
        id=f"question-{number}",
        **aria(labelledby=label),
    )


def _many(
    profile: AreaProfile, indicator: str | None, shown: Board, view: View, t: Translator
) -> list[Component]:
    known = profile.reference.indicator(indicator) if indicator else None
    if known is None:
        return [html.P(t("headline.nothing_lede"), className="empty")]
    figure = profile.figure(known.id)
    goals = [
        t(
            "board.target_of",
            indicator=t.name(one.titles, one.id),
            share=t.percent(goal.target),
            year=f"{goal.year:.0f}",
        )
        for goal in shown.goals
        if (one := profile.reference.indicator(goal.indicator)) is not None
    ]
    return [
        html.P(headline_sentence(profile, figure, t), className="sentence"),
        html.P(
            t("board.targets", targets="; ".join(goals)) if goals else t("board.no_target"), className="lede"
        ),
        html.Div(
            [
                figure_card(profile, one, t.name(one.titles, one.id), view, t)
                for one in (known, *(i for i in profile.indicators if i.id != known.id))
            ],
            className="cards",
        ),
    ]
