"""Items of an area: what it holds, what it passed on, what is overdue below it, what came back with an answer."""

import datetime as dt
from zoneinfo import ZoneInfo

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.models.area import Area
from dashboards.models.reference import Layer
from dashboards.pages.items.queries import WHERES, Step, Travelling, Where, items
from dashboards.queries.access import must_read
from dashboards.queries.places import places
from dashboards.queries.reference import reference
from dashboards.server.current_user import acting, person
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator


@page("/items", "/items/<code>", menu=30)
def items_page(view: View, country: Country, t: Translator, code: str | None = None) -> Page:
    """The items of the area `code`; None is the reader's own."""
    code = code or person().area_code or country.root
    must_read(code)
    with acting() as connection:
        above, _ = places(connection, code, None)
        layers = reference(connection).layers
    area = above[-1]
    name = t.name(area.names, area.code)
    crumbs: list[Component] = []
    for one in above[:-1]:
        crumbs += [
            dcc.Link(t.name(one.names, one.code), href=view.href(f"/items/{one.code}")),
            html.I("›"),
        ]
    parts = [
        html.Nav([*crumbs, html.B(name)], className="crumbs", **aria(label=t("crumbs.label"))),
        html.H1(t("items.headline", area=name), id="headline", tabIndex=-1),
        html.P(t("items.lede"), className="lede"),
        dcc.Store(id="items-of", data={"code": area.code, "language": t.language}),
        html.P(id="items-said", className="note", role="status", **aria(live="polite")),
        html.Div(lists(area.code, country, t), id="items-lists"),
    ]
    if person().may("draft", area.code) and area.depth > 0:
        parts.append(_question(area, layers, t))
    return Page(title=t("items.headline", area=name), body=parts, section="items")


def lists(code: str, country: Country, t: Translator) -> Component:
    """The four lists as tabs, each with its number."""
    today = dt.datetime.now(ZoneInfo(country.timezone)).date()
    acts = person().may("settle", code)
    found = {where: items(code, where) for where in WHERES}
    first = next((where for where in WHERES if found[where][1]), WHERES[0])
    return dmc.Tabs(
        [
            dmc.TabsList(
                [
                    dmc.TabsTab(f"{t(f'items.where.{where}')} {t.number(found[where][1])}", value=where)
                    for where in WHERES
                ]
            ),
            *(dmc.TabsPanel(_list(where, *found[where], today, acts, t), value=where) for where in WHERES),
        ],
        value=first,
        className="card travelling",
    )


def _list(
    where: Where, found: list[Travelling], number: int, today: dt.date, acts: bool, t: Translator
) -> list[Component]:
    if not found:
        return [html.P(t(f"items.empty.{where}"), className="empty")]
    rest = number - len(found)
    more = [html.P(t("print.more", n=rest), className="note")] if rest else []
    return [
        html.P(t(f"items.meaning.{where}"), className="note"),
        html.Ul([_item(item, where, today, acts, t) for item in found], className="items travelling"),
        *more,
    ]


def _item(item: Travelling, where: Where, today: dt.date, acts: bool, t: Translator) -> Component:
    left = (item.due - today).days
    urgent = "late" if item.overdue else "soon" if left <= 7 and item.state != "settled" else "calm"
    facts = [
        t(f"items.kind.{item.kind}"),
        t("items.raised_by", area=t.name(item.names, item.origin)),
        t("items.held_by", area=t.name(item.holder_names, item.holder)),
        t("items.age", n=item.age_days),
    ]
    if item.state != "settled":
        facts.append(t("items.late", n=-left) if left < 0 else t("items.due", n=left))
    if item.parts:
        facts.append(t("flash.from", n=item.parts))
    said: list[Component] = [
        html.Span(item.text, className="text"),
        html.Span(" · ".join(facts), className="facts"),
    ]
    if item.answer:
        by = t.name(item.answered_names or {}, item.holder)
        said.append(html.P([html.B(t("items.answer", area=by)), " ", item.answer], className="answer"))
    said.append(
        html.Details(
            [
                html.Summary(t("items.way"), id={"type": "item-way", "item": item.item_id}),
                html.Div(id={"type": "item-steps", "item": item.item_id}),
            ]
        )
    )
    if where == "held" and acts:
        said.append(_acts(item, t))
    return html.Li(
        [html.I(className=f"mark {urgent}", **aria(hidden="true")), html.Div(said)], id=f"item-{item.item_id}"
    )


def _acts(item: Travelling, t: Translator) -> Component:
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
                placeholder=t("items.reason"),
                autosize=True,
                minRows=1,
                size="sm",
                **aria(label=t("items.reason")),
            ),
            html.Div(
                [
                    html.Button(
                        t(f"items.move.{move}"),
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


def _question(area: Area, layers: tuple[Layer, ...], t: Translator) -> Component:
    options = [
        {"value": layer.level, "label": t.name(layer.names)}
        for layer in reversed(layers)
        if layer.depth < area.depth
    ]
    return html.Section(
        [
            html.H2(t("items.ask")),
            dmc.Textarea(id="question", autosize=True, minRows=2, label=t("items.kind.question")),
            dmc.Select(
                id="question-to",
                data=options,
                value=options[0]["value"] if options else None,
                allowDeselect=False,
                label=t("sheet.who_settles"),
            ),
            html.Button(t("items.send_question"), id="question-send", className="action"),
        ],
        className="card ask",
    )


def way(found: list[Step], country: Country, t: Translator) -> Component:
    """The way of an item as a timeline, oldest step first."""
    return html.Ol(
        [
            html.Li(
                [
                    html.B(t(f"items.step.{step.action}")),
                    " ",
                    # a question goes from where it is raised to the layer that is asked, in one step
                    f"{t.name(step.from_names)} › " if step.action == "raised" and step.from_names else "",
                    t.name(step.to_names),
                    html.Span(
                        f" · {t.moment(step.at, country.timezone)}"
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
