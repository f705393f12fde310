"""The latest flash report of an area: its five axes as a radar, and as a table."""

from urllib.parse import quote

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.charts.radar import radar
from dashboards.components.chart_frame import chart_frame, graph
from dashboards.components.table_data import Column, Table
from dashboards.models.area_profile import AreaProfile
from dashboards.models.flash_report import AXES, Flash
from dashboards.server.view import View
from sala.translation.translator import Translator


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
        graph(radar(now, before, t), _alt_text(now, t)),
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


def _alt_text(now: Flash, t: Translator) -> str:
    parts = [f"{t(f'axis.{axis}')} {_percent(now.axes.get(axis), t)}" for axis in AXES]
    return t("flash.aria_label", week=t.period(now.week), axes="; ".join(parts))


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
