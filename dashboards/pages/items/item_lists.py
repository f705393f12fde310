"""The four lists of items as tabs, each with its number."""

import datetime as dt
from zoneinfo import ZoneInfo

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.models.item import Item
from dashboards.queries.items import LISTS, ItemList, items
from dashboards.server.current_user import person
from sala.translation.translator import Translator

_SOON = 7  # days


def item_lists(code: str, country: Country, t: Translator) -> Component:
    """Those of an area; the first that is not empty is open."""
    today = dt.datetime.now(ZoneInfo(country.timezone)).date()
    settles = person().may("settle", code)
    lists = {name: items(code, name) for name in LISTS}
    opened = next((name for name in LISTS if lists[name][1]), LISTS[0])
    tabs = [
        dmc.TabsTab(f"{t(f'items.where.{name}')} {t.number(count)}", value=name)
        for name, (_, count) in lists.items()
    ]
    panels = [
        dmc.TabsPanel(_list(name, shown, count, today, settles, t), value=name)
        for name, (shown, count) in lists.items()
    ]
    return dmc.Tabs([dmc.TabsList(tabs), *panels], value=opened, className="card travelling")


def _list(
    name: ItemList, shown: list[Item], count: int, today: dt.date, settles: bool, t: Translator
) -> list[Component]:
    if not shown:
        return [html.P(t(f"items.empty.{name}"), className="empty")]
    acts = settles and name == "held"
    parts: list[Component] = [
        html.P(t(f"items.meaning.{name}"), className="note"),
        html.Ul([_item(item, today, acts, t) for item in shown], className="items travelling"),
    ]
    if rest := count - len(shown):
        parts.append(html.P(t("print.more", n=rest), className="note"))
    return parts


def _item(item: Item, today: dt.date, acts: bool, t: Translator) -> Component:
    """Text, where it comes from and lies, its answer, its history when it is opened, and what can be done."""
    days_left = (item.due - today).days
    soon = days_left <= _SOON and item.state != "settled"
    urgent = "late" if item.overdue else "soon" if soon else "calm"
    parts: list[Component] = [
        html.Span(item.text, className="text"),
        html.Span(" · ".join(_about(item, days_left, t)), className="facts"),
    ]
    if item.answer:
        by = t.name(item.answered_names or {}, item.holder)
        parts.append(html.P([html.B(t("items.answer", area=by)), " ", item.answer], className="answer"))
    parts.append(
        html.Details(
            [
                html.Summary(t("items.way"), id={"type": "item-way", "item": item.item_id}),
                html.Div(id={"type": "item-steps", "item": item.item_id}),
            ]
        )
    )
    if acts:
        parts.append(_acts(item, t))
    mark = html.I(className=f"mark {urgent}", **aria(hidden="true"))
    return html.Li([mark, html.Div(parts)], id=f"item-{item.item_id}")


def _about(item: Item, days_left: int, t: Translator) -> list[str]:
    about = [
        t(f"items.kind.{item.kind}"),
        t("items.raised_by", area=t.name(item.names, item.origin)),
        t("items.held_by", area=t.name(item.holder_names, item.holder)),
        t("items.age", n=item.age_days),
    ]
    if item.state != "settled":
        about.append(t("items.late", n=-days_left) if days_left < 0 else t("items.due", n=days_left))
    if item.parts:
        about.append(t("flash.from", n=item.parts))
    return about


def _acts(item: Item, t: Translator) -> Component:
    """A reason, and the steps that its holder can make."""
    moves = ["settled"]
    if not item.at_origin:
        moves += ["answered", "handed_down"]
    if not item.at_root:
        moves.append("escalated")
    reason = dmc.Textarea(
        id={"type": "item-reason", "item": item.item_id},
        placeholder=t("items.reason"),
        autosize=True,
        minRows=1,
        size="sm",
        **aria(label=t("items.reason")),
    )
    buttons = [
        html.Button(
            t(f"items.move.{move}"),
            id={"type": "item-move", "item": item.item_id, "step": move},
            className="quiet",
        )
        for move in moves
    ]
    return html.Div([reason, html.Div(buttons, className="moves")], className="acts")
