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
from dashboards.models.figures import AXES, AreaFacts, Flash, Item
from dashboards.server.view import View
from sala.translation.translator import Words

KINDS = ("decision", "risk", "next", "done")
_SOON = dt.timedelta(days=7)


def flash_report(facts: AreaFacts, view: View, words: Words) -> Component:
    """The radar of the newest week; an honest empty card where no sheet has come."""
    if not facts.flash:
        return html.Section(
            [
                html.Header(html.H2(words("flash.title_none"))),
                html.P(words("flash.nothing"), className="empty"),
            ],
            className="card",
            id="flash",
        )
    now = facts.flash[0]
    before = next((sheet for sheet in facts.flash[1:] if sheet.origin == now.origin), None)
    return chart_frame(
        words("flash.title", week=words.period(now.week, short=True)),
        graph(radar(now, before, words), "flash", _spoken(now, words), 310),
        words,
        id="flash",
        tag=f"{words(f'flash.{now.origin}')} · {words(f'status.{now.status}')}",
        foot=[_foot(facts, now, before, words), " ", *_ways(facts.area.code, now.week, view, words)],
        download=view.download_href("flash", facts.area.code),
    )


def _ways(code: str, week: str, view: View, words: Words) -> list[Component]:
    """To the sheet itself, and to its printed page."""
    path = f"/flash/{quote(code, safe='')}/{week}"
    return [
        dcc.Link(words("sheet.title"), href=view.href(path, indicator=None, period=None)),
        html.Span(" · "),
        html.A("PDF", href=f"{path}/sheet.pdf?lang={words.language}"),
    ]


def _spoken(now: Flash, words: Words) -> str:
    parts = [f"{words(f'axis.{axis}')} {_percent(now.axes.get(axis), words)}" for axis in AXES]
    return words("flash.spoken", week=words.period(now.week), axes="; ".join(parts))


def _percent(advanced: float | None, words: Words) -> str:
    return words.percent(None if advanced is None else advanced / 100)


def _foot(facts: AreaFacts, now: Flash, before: Flash | None, words: Words) -> str:
    parts = [words("flash.dashed")] if before else []
    layer = facts.reference.layer(facts.area.depth + 1)
    if now.origin == "compiled" and now.received is not None and layer is not None:
        parts.append(
            words(
                "flash.mean",
                n=now.expected or 0,
                received=words.number(now.received),
                layers=words.within(layer.plurals),
            )
        )
    names = {area.code: words.name(area.names, area.code) for area in facts.below}
    if now.laggards:
        laggards = ", ".join(names.get(code, code) for code in now.laggards)
        parts.append(words("flash.laggards", areas=laggards))
    return " ".join(parts)


def flash_table(facts: AreaFacts, words: Words) -> Table:
    """The axes as rows, the weeks at hand as columns, newest first; percent advanced."""
    sheets = [sheet for sheet in facts.flash if sheet.origin == facts.flash[0].origin]
    columns = [Column("axis", words("column.axis"), "text")]
    columns += [Column(sheet.week, words.period(sheet.week, short=True), "share") for sheet in sheets]
    rows = []
    for axis in AXES:
        advanced = [sheet.axes.get(axis) for sheet in sheets]
        rows.append((words(f"axis.{axis}"), *(None if a is None else a / 100 for a in advanced)))
    return Table(words("flash.table"), columns, rows)


def lists(facts: AreaFacts, today: dt.date, words: Words) -> Component:
    """The four lists of the flash report, decisions first: they are what a board is asked for."""
    if not facts.items:
        return html.Section(
            [
                html.Header(html.H2(words("items.decision"))),
                html.P(words("items.nothing"), className="empty"),
            ],
            className="card",
            id="lists",
        )
    by_kind = {kind: [item for item in facts.items if item.kind == kind] for kind in KINDS}
    first = next(kind for kind in KINDS if by_kind[kind])
    return html.Section(
        [
            html.Header(html.H2(words("items.title"))),
            dmc.Tabs(
                [
                    dmc.TabsList([_tab(facts, kind, words) for kind in KINDS]),
                    *(
                        dmc.TabsPanel(_list(facts, kind, items, today, words), value=kind)
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


def _tab(facts: AreaFacts, kind: str, words: Words) -> Component:
    return dmc.TabsTab(f"{words(f'items.{kind}')} {words.number(facts.counts.get(kind, 0))}", value=kind)


def _list(facts: AreaFacts, kind: str, items: list[Item], today: dt.date, words: Words) -> list[Component]:
    heading = html.H3(words(f"items.{kind}"), className="print-only")
    if not items:
        return [heading, html.P(words("items.none_of_kind"), className="empty")]
    rest = facts.counts.get(kind, len(items)) - len(items)
    more = [html.P(words("items.more", n=rest), className="note")] if rest > 0 else []
    return [heading, html.Ul([_item(facts, item, today, words) for item in items], className="items"), *more]


def _item(facts: AreaFacts, item: Item, today: dt.date, words: Words) -> Component:
    urgent = "calm"
    where = [words.name(item.names, item.area)] if item.area != facts.area.code else []
    if item.due is not None and item.kind != "done":
        left = (item.due - today).days
        urgent = "late" if left < 0 else "soon" if item.due - today <= _SOON else "calm"
        where.append(words("items.late", n=-left) if left < 0 else words("items.due", n=left))
    return html.Li(
        [
            html.I(className=f"mark {urgent}", **aria(hidden="true")),
            html.Span(item.text, className="text"),
            html.Span(" · ".join(where), className="where"),
        ]
    )
