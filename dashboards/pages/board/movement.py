"""What moved the figure since the period before: a sentence for each part, and where it came from."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.aria import aria
from dashboards.components.movement_words import signed, signed_points, whole_movement
from dashboards.models.area_profile import AreaProfile
from dashboards.models.board import Board, Part, Source
from dashboards.server.view import View
from sala.translation.translator import Translator


def movement(profile: AreaProfile, board: Board, view: View, t: Translator) -> list[Component]:
    """A line a part, largest first; parts that moved nothing are named together at the end."""
    if not board.parts:
        return [html.P(t("board.moved.nothing"), className="empty")]
    first = board.parts[0]
    longest = max(abs(part.persons) for part in board.parts) or 1
    moved = [part for part in board.parts if part.persons or part.share]
    still = [t(f"board.part.{part.part}") for part in board.parts if part not in moved]
    return [
        html.P(whole_movement(first, t), className="lede"),
        html.Ul([part_line(part, longest, profile, board, view, t) for part in moved], className="movement"),
        html.P(t("board.moved.still", parts=", ".join(still)), className="note") if still else html.Span(),
    ]


def part_line(
    part: Part,
    longest: int,
    profile: AreaProfile,
    board: Board,
    view: View,
    t: Translator,
    said: bool = True,
) -> Component:
    """A part of the movement: persons, words, points, and where most of it came from; no words where a heading has
    `said` them.
    """
    more = "fewer" if part.persons < 0 or (part.share or 0) < 0 else "more"
    sources = [source for source in board.sources if source.part == part.part]
    width = f"{100 * abs(part.persons) / longest:.1f}%"
    return html.Li(
        [
            html.B(signed(part.persons, t) if part.persons else "", className=more),
            html.Span(html.I(className=more, style={"width": width}), className="bar", **aria(hidden="true")),
            html.Span(t(f"board.moved.{part.part}") if said else "", className="words"),
            html.Span(
                t("board.points", points=signed_points(part.share, t)) if part.share is not None else "",
                className="points",
            ),
            html.Span(_sources(sources, profile, view, t), className="where") if sources else None,
        ]
    )


def _sources(sources: list[Source], profile: AreaProfile, view: View, t: Translator) -> list[Component | str]:
    pieces: list[Component | str] = [t("board.most_of_it"), " "]
    for place, source in enumerate(sources):
        scheme = profile.reference.scheme(source.scheme)
        name = t.name(source.names, source.source_code)
        pieces += [
            "; " if place else "",
            dcc.Link(name, href=view.area_href(source.source_code)),
            f", {t.name(scheme.names, source.scheme) if scheme else source.scheme} {signed(source.persons, t)}",
        ]
        if source.receipt:
            receipt = view.href("/submissions", receipt=source.receipt)
            pieces += [" ", dcc.Link(source.receipt, href=receipt, className="receipt")]
    return pieces
