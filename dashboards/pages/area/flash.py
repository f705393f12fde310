"""The latest flash report of an area: five axes as a radar; what is done, next, at risk, to be decided."""

import datetime as dt
from urllib.parse import quote

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboards.charts.radar import radar
from dashboards.components.aria import aria
from dashboards.components.chart_frame import chart_frame, graph
from dashboards.components.table_data import Column, Table
from dashboards.models.area_profile import AreaProfile
from dashboards.models.flash_report import AXES, Flash, Item
from dashboards.server.view import View
from sala.translation.translator import Translator

KINDS = ("decision", "risk", "next", "done")
_SOON = dt.timedelta(days=7)


def flash_report(profile: AreaProfile, view: View, t: Translator) -> Component:
    """The radar of the newest week; an honest empty card where no sheet has come."""
    if not profile.flash:
        return html.Section(
            [
                html.Header(html.H2(t("flash.title_none"))),
                html.P(t("flash.nothing"), className="empty"),
            ],
            className="card",
            id="flash",
        )
    now = profile.flash[0]
    before = next((sheet for sheet in profile.flash[1:] if sheet.origin == now.origin), None)
    return chart_frame(
        t("flash.title", week=t.period(now.week, short=True)),
        graph(radar(now, before, t), "flash", _spoken(now, t), 310),
        t,
        id="flash",
        tag=f"{t(f'flash.{now.origin}')} · {t(f'status.{now.status}')}",
        foot=[_foot(profile, now, before, t), " ", *_ways(profile.area.code, now.week, view, t)],
        download=view.download_href("flash", profile.area.code),
    )


def _ways(code: str, week: str, view: View, t: Translator) -> list[Component]:
    """To the sheet itself, and to its printed page."""
    path = f"/flash/{quote(code, safe='')}/{week}"
    return [
        dcc.Link(t("sheet.title"), href=view.href(path, indicator=None, period=None)),
        html.Span(" · "),
        html.A("PDF", href=f"{path}/sheet.pdf?lang={t.language}"),
    ]


def _spoken(now: Flash, t: Translator) -> str:
    parts = [f"{t(f'axis.{axis}')} {_percent(now.axes.get(axis), t)}" for axis in AXES]
    return t("flash.spoken", week=t.period(now.week), axes="; ".join(parts))


def _percent(advanced: float | None, t: Translator) -> str:
    return t.percent(None if advanced is None else advanced / 100)


def _foot(profile: AreaProfile, now: Flash, before: Flash | None, t: Translator) -> str:
    parts = [t("flash.dashed")] if before else []
    layer = profile.reference.layer(profile.area.depth + 1)
    if now.origin == "compiled" and now.received is not None and layer is not None:
        parts.append(
            t(
                "flash.mean",
                n=now.expected or 0,
                received=t.number(now.received),
                layers=t.within(layer.plurals),
            )
        )
    names = {area.code: t.name(area.names, area.code) for area in profile.below}
    if now.laggards:
        laggards = ", ".join(names.get(code, code) for code in now.laggards)
        parts.append(t("flash.laggards", areas=laggards))
    return " ".join(parts)


def flash_table(profile: AreaProfile, t: Translator) -> Table:
    """The axes as rows, the weeks at hand as columns, newest first; percent advanced."""
    sheets = [sheet for sheet in profile.flash if sheet.origin == profile.flash[0].origin]
    columns = [Column("axis", t("column.axis"), "text")]
    columns += [Column(sheet.week, t.period(sheet.week, short=True), "share") for sheet in sheets]
    rows = []
    for axis in AXES:
        advanced = [sheet.axes.get(axis) for sheet in sheets]
        rows.append((t(f"axis.{axis}"), *(None if a is None else a / 100 for a in advanced)))
    return Table(t("flash.table"), columns, rows)


def lists(profile: AreaProfile, today: dt.date, t: Translator) -> Component:
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
    rest = profile.counts.get(kind, len(items)) - len(items)
    more = [html.P(t("items.more", n=rest), className="note")] if rest > 0 else []
    return [heading, html.Ul([_item(profile, item, today, t) for item in items], className="items"), *more]


def _item(profile: AreaProfile, item: Item, today: dt.date, t: Translator) -> Component:
    urgent = "calm"
    where = [t.name(item.names, item.area)] if item.area != profile.area.code else []
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
