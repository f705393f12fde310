"""Meeting mode: the agenda as slides, a form on each for who was heard and what is decided, and the record so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.components.form import form, line, select, text_area
from dashboards.components.movement_words import signed
from dashboards.components.scripts import scripts
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.models.area_profile import AreaProfile
from dashboards.models.board import Board, Consultation
from dashboards.models.item import Item
from dashboards.pages.board.decisions import decisions
from dashboards.pages.board.movement import part_line
from dashboards.pages.board.nation import may_read_nation, nation
from dashboards.pages.board.places import calls
from dashboards.queries.board import consultations
from dashboards.queries.items import items
from dashboards.server.current_user import person
from dashboards.server.forms import outcome
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator

MEETING = "/board/meeting"
_MOST_MOVEMENTS = 3
_MOST_ITEMS = 5
BY_THEMSELVES = 30  # seconds that a slide stands where they advance by themselves


@dataclass(frozen=True)
class _Slide:
    """A point of the agenda; `point` is what the record calls it."""

    point: str
    parts: Sequence[Component]


@page(MEETING, may=may_read_nation)
def meeting_page(view: View, country: Country, t: Translator) -> Page:
    """Largest movements, silent areas, overdue decisions, what was escalated; at the end what was written down."""
    read = nation(country, view)
    profile, shown = read.profile, read.shown
    agenda = [
        *_movements(profile, shown, view, t),
        _Slide(t("board.calls"), [calls(profile, shown, view, t)]),
        _Slide(t("meeting.overdue"), decisions([one for one in shown.decisions if one.overdue], view, t)),
        _Slide(t("meeting.escalated"), _escalated(country.root, t)),
    ]
    writes = person().may("decide", country.root)
    slides = [_slide(n, one, writes, profile, view, t) for n, one in enumerate(agenda)]
    slides.append(_record(consultations(country.root), t))
    drawn_by: dict[str, Any] = {
        "data-scripts": scripts("on_demand/meeting.js"),
        "data-seconds": str(BY_THEMSELVES),
    }
    return Page(
        title=t("meeting.title"),
        body=[
            html.H1(t("meeting.title"), id="headline", tabIndex=-1),
            html.P(
                [t("meeting.lede"), " ", dcc.Link(t("nav.board"), href=view.href("/board"))], className="lede"
            ),
            *outcome(view, t, "meeting"),
            _controls(t),
            html.Div(slides, id="slides", **drawn_by),
        ],
        section="board",
        periods=profile.reference.period_codes,
        chosen={"period": read.period},
    )


def _movements(profile: AreaProfile, shown: Board, view: View, t: Translator) -> list[_Slide]:
    """The parts that moved most, each with where it came from."""
    moved = sorted((part for part in shown.parts if part.persons), key=lambda part: -abs(part.persons))
    longest = max([abs(part.persons) for part in moved] + [1])
    return [
        _Slide(
            f"{signed(part.persons, t)}{t('format.colon')}{t(f'board.moved.{part.part}')}",
            [html.Ul(part_line(part, longest, profile, shown, view, t, said=False), className="movement")],
        )
        for part in moved[:_MOST_MOVEMENTS]
    ]


def _escalated(root: str, t: Translator) -> list[Component]:
    """Risks and questions that came up to the nation; decisions stand on a slide of their own."""
    held, _ = items(root, "held", most=10 * _MOST_ITEMS)
    came_up = [item for item in held if item.origin != root and item.kind != "decision"][:_MOST_ITEMS]
    if not came_up:
        return [html.P(t("meeting.none_escalated"), className="empty")]
    return [html.Ul([_item(item, t) for item in came_up], className="items")]


def _item(item: Item, t: Translator) -> Component:
    facts = [
        t(f"items.kind.{item.kind}"),
        t("items.raised_by", area=t.name(item.names, item.origin)),
        t("items.age", n=item.age_days),
    ]
    mark = html.I(className=f"mark {'late' if item.overdue else 'calm'}", **aria(hidden="true"))
    return html.Li([mark, html.Span(item.text), html.Span(" · ".join(facts), className="where")])


def _slide(
    number: int, slide: _Slide, writes: bool, profile: AreaProfile, view: View, t: Translator
) -> Component:
    parts: list[Component] = [html.H2(slide.point, id=f"point-{number}"), *slide.parts]
    if writes:
        parts.append(_form(number, slide.point, profile, view, t))
    return html.Section(parts, className="card slide", **aria(labelledby=f"point-{number}"))


def _form(number: int, point: str, profile: AreaProfile, view: View, t: Translator) -> Component:
    of = f"meeting-{number}"
    areas = [profile.area, *profile.below]
    places = [(area.code, t.name(area.names, area.code)) for area in areas]
    fields = [
        text_area("heard", t("meeting.heard"), required=False, most=4000, of=of),
        text_area("decision", t("meeting.decision"), required=False, most=2000, of=of),
        select("holder", t("meeting.holder"), places, of=of),
        line("due", t("meeting.due"), kind="date", required=False, of=of),
    ]
    hidden = {"point": point, "period": view.period or ""}
    return form(f"{MEETING}/record", fields, t("meeting.write"), view, hidden)


def _record(written: Sequence[Consultation], t: Translator) -> Component:
    """What earlier meetings and this one wrote down, the newest first."""
    columns = (
        Column("held_on", t("meeting.day"), "date"),
        Column("point", t("meeting.point"), "text"),
        Column("heard", t("meeting.heard"), "text"),
        Column("decision", t("meeting.decision"), "text"),
        Column("holder", t("meeting.holder"), "text"),
        Column("due", t("column.due"), "date"),
    )
    rows = [
        (
            one.held_on,
            one.point,
            one.heard,
            one.decision,
            t.name(one.holder_names or {}, one.holder_code or ""),
            one.due,
        )
        for one in written
    ]
    title = t("meeting.record")
    shown = (
        data_table(Table(title, columns, rows), t, "stacked")
        if rows
        else html.P(t("meeting.no_record"), className="empty")
    )
    return html.Section(
        [html.H2(title, id="record"), shown], className="card slide", **aria(labelledby="record")
    )


def _controls(t: Translator) -> Component:
    """Drawn at once, and of use as soon as the script is there."""
    acts: list[dict[str, Any]] = [{"data-act": act} for act in ("back", "next", "play")]
    buttons = [
        html.Button(t(f"meeting.{act['data-act']}"), type="button", className="action", **act) for act in acts
    ]
    return html.Div(
        [*buttons, html.Span(className="place", role="status")], className="slide-controls", hidden=True
    )
