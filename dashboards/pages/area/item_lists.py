"""The four lists of an area's flash report: to be decided, at risk, next, done."""

import datetime as dt

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboards.components.aria import aria
from dashboards.models.area_profile import AreaProfile
from dashboards.models.flash_report import Item
from sala.translation.translator import Translator

KINDS = ("decision", "risk", "next", "done")
_SOON = dt.timedelta(days=7)


def item_lists(profile: AreaProfile, today: dt.date, t: Translator) -> Component:
    """The four lists of the flash report, decisions first: they are what a board is asked for."""
    if not profile.items:
        return html.Section(
            [
                html.Header(html.H2(t("items.decision"))),
                html.P(t("items.nothing"), className="empty"),
            ],
            className="card",
            id="lists",
        )
    by_kind = {kind: [item for item in profile.items if item.kind == kind] for kind in KINDS}
    first = next(kind for kind in KINDS if by_kind[kind])
    return html.Section(
        [
            html.Header(html.H2(t("items.title"))),
            dmc.Tabs(
                [
                    dmc.TabsList([_tab(profile, kind, t) for kind in KINDS]),
                    *(
                        dmc.TabsPanel(_list(profile, kind, items, today, t), value=kind)
                        for kind, items in by_kind.items()
                    ),
                ],
                value=first,
                keepMounted=True,
            ),
        ],
        className="card lists",
        id="lists",
    )


def _tab(profile: AreaProfile, kind: str, t: Translator) -> Component:
    return dmc.TabsTab(f"{t(f'items.{kind}')} {t.number(profile.counts.get(kind, 0))}", value=kind)


def _list(
    profile: AreaProfile, kind: str, items: list[Item], today: dt.date, t: Translator
) -> list[Component]:
    heading = html.H3(t(f"items.{kind}"), className="print-only")
    if not items:
        return [heading, html.P(t("items.none_of_kind"), className="empty")]
    rest = profile.counts.get(kind, len(items)) - sum(item.times for item in items)
    more = [html.P(t("items.more", n=rest), className="note")] if rest > 0 else []
    return [heading, html.Ul([_item(profile, item, today, t) for item in items], className="items"), *more]


def _item(profile: AreaProfile, item: Item, today: dt.date, t: Translator) -> Component:
    urgent = "calm"
    where = [t.name(item.names, item.area)] if item.area != profile.area.code else []
    if item.times > 1:
        where.append(t("items.times", n=item.times))
    if item.due is not None and item.kind != "done":
        left = (item.due - today).days
        urgent = "late" if left < 0 else "soon" if item.due - today <= _SOON else "calm"
        where.append(t("items.late", n=-left) if left < 0 else t("items.due", n=left))
    return html.Li(
        [
            html.I(className=f"mark {urgent}", **aria(hidden="true")),
            html.Span(item.text, className="text"),
            html.Span(" · ".join(where), className="where"),
        ]
    )
