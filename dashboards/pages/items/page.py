"""Items of an area: what it holds, what it passed on, what is overdue below it, what came back with an answer."""

import datetime as dt
from zoneinfo import ZoneInfo

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.models.figures import Area
from dashboards.models.reference import Layer
from dashboards.pages.items.queries import WHERES, Step, Travelling, Where, items
from dashboards.queries.access import must_read
from dashboards.queries.places import places
from dashboards.queries.reference import reference
from dashboards.server.current_user import acting, person
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Words


@page("/items", "/items/<code>", menu=30)
def items_page(view: View, country: Country, words: Words, code: str | None = None) -> Page:
    """The items of the area `code`; None is the reader's own."""
    code = code or person().area_code or country.root
    must_read(code)
    with acting() as connection:
        above, _ = places(connection, code, None)
        layers = reference(connection).layers
    area = above[-1]
    name = words.name(area.names, area.code)
    crumbs: list[Component] = []
    for one in above[:-1]:
        crumbs += [
            dcc.Link(words.name(one.names, one.code), href=view.href(f"/items/{one.code}")),
            html.I("›"),
        ]
    parts = [
        html.Nav([*crumbs, html.B(name)], className="crumbs", **aria(label=words("crumbs.label"))),
        html.H1(words("items.headline", area=name), id="headline", tabIndex=-1),
        html.P(words("items.lede"), className="lede"),
        dcc.Store(id="items-of", data={"code": area.code, "language": words.language}),
        html.P(id="items-said", className="note", role="status", **aria(live="polite")),
        html.Div(lists(area.code, country, words), id="items-lists"),
    ]
    if person().may("draft", area.code) and area.depth > 0:
        parts.append(_question(area, layers, words))
    return Page(title=words("items.headline", area=name), body=parts, section="items")


def lists(code: str, country: Country, words: Words) -> Component:
    """The four lists as tabs, each with its number."""
    today = dt.datetime.now(ZoneInfo(country.timezone)).date()
    acts = person().may("settle", code)
    found = {where: items(code, where) for where in WHERES}
    first = next((where for where in WHERES if found[where][1]), WHERES[0])
    return dmc.Tabs(
        [
            dmc.TabsList(
                [
                    dmc.TabsTab(
                        f"{words(f'items.where.{where}')} {words.number(found[where][1])}", value=where
                    )
                    for where in WHERES
                ]
            ),
            *(
                dmc.TabsPanel(_list(where, *found[where], today, acts, words), value=where)
                for where in WHERES
            ),
        ],
        value=first,
        className="card travelling",
    )


def _list(
    where: Where, found: list[Travelling], number: int, today: dt.date, acts: bool, words: Words
) -> list[Component]:
    if not found:
        return [html.P(words(f"items.empty.{where}"), className="empty")]
    rest = number - len(found)
    more = [html.P(words("print.more", n=rest), className="note")] if rest else []
    return [
        html.P(words(f"items.meaning.{where}"), className="note"),
        html.Ul([_item(item, where, today, acts, words) for item in found], className="items travelling"),
        *more,
    ]


def _item(item: Travelling, where: Where, today: dt.date, acts: bool, words: Words) -> Component:
    left = (item.due - today).days
    urgent = "late" if item.overdue else "soon" if left <= 7 and item.state != "settled" else "calm"
    facts = [
        words(f"items.kind.{item.kind}"),
        words("items.raised_by", area=words.name(item.names, item.origin)),
        words("items.held_by", area=words.name(item.holder_names, item.holder)),
        words("items.age", n=item.age_days),
    ]
    if item.state != "settled":
        facts.append(words("items.late", n=-left) if left < 0 else words("items.due", n=left))
    if item.parts:
        facts.append(words("flash.from", n=item.parts))
    said: list[Component] = [
        html.Span(item.text, className="text"),
        html.Span(" · ".join(facts), className="facts"),
    ]
    if item.answer:
        by = words.name(item.answered_names or {}, item.holder)
        said.append(html.P([html.B(words("items.answer", area=by)), " ", item.answer], className="answer"))
    said.append(
        html.Details(
            [
                html.Summary(words("items.way"), id={"type": "item-way", "item": item.item_id}),
                html.Div(id={"type": "item-steps", "item": item.item_id}),
            ]
        )
    )
    if where == "held" and acts:
        said.append(_acts(item, words))
    return html.Li(
        [html.I(className=f"mark {urgent}", **aria(hidden="true")), html.Div(said)], id=f"item-{item.item_id}"
    )


def _acts(item: Travelling, words: Words) -> Component:
    """A reason, and the steps that can be made from here."""
    moves = ["settled"]
    if not item.at_origin:
        moves += ["answered", "handed_down"]
    if not item.at_root:
        moves.append("escalated")
    return html.Div(
        [
            dmc.Textarea(
                id={"type": "item-reason", "item": item.item_id},
                placeholder=words("items.reason"),
                autosize=True,
                minRows=1,
                size="sm",
                **aria(label=words("items.reason")),
            ),
            html.Div(
                [
                    html.Button(
                        words(f"items.move.{move}"),
                        id={"type": "item-move", "item": item.item_id, "step": move},
                        className="quiet",
                    )
                    for move in moves
                ],
                className="moves",
            ),
        ],
        className="acts",
    )


def _question(area: Area, layers: tuple[Layer, ...], words: Words) -> Component:
    options = [
        {"value": layer.level, "label": words.name(layer.names)}
        for layer in reversed(layers)
        if layer.depth < area.depth
    ]
    return html.Section(
        [
            html.H2(words("items.ask")),
            dmc.Textarea(id="question", autosize=True, minRows=2, label=words("items.kind.question")),
            dmc.Select(
                id="question-to",
                data=options,
                value=options[0]["value"] if options else None,
                allowDeselect=False,
                label=words("sheet.who_settles"),
            ),
            html.Button(words("items.send_question"), id="question-send", className="action"),
        ],
        className="card ask",
    )


def way(found: list[Step], country: Country, words: Words) -> Component:
    """The way of an item as a timeline, oldest step first."""
    return html.Ol(
        [
            html.Li(
                [
                    html.B(words(f"items.step.{step.action}")),
                    " ",
                    # a question goes from where it is raised to the layer that is asked, in one step
                    f"{words.name(step.from_names)} › "
                    if step.action == "raised" and step.from_names
                    else "",
                    words.name(step.to_names),
                    html.Span(
                        f" · {words.moment(step.at, country.timezone)}"
                        + (f" · {step.person}" if step.person else ""),
                        className="facts",
                    ),
                    html.P(step.reason, className="answer") if step.reason else None,
                ]
            )
            for step in found
        ],
        className="way",
    )
