"""What stands above a flash sheet: the way up, the headline, other weeks, and the sheet in print."""

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.breadcrumb import breadcrumb
from dashboards.models.flash_sheet import FlashSheet
from dashboards.pages.flash.sheet_address import sheet_address
from dashboards.queries.weeks import week_after, week_before, week_of
from dashboards.server.view import View
from sala.translation.translator import Translator


def header(sheet: FlashSheet, view: View, t: Translator) -> list[Component]:
    """Breadcrumb, title, lede and pills."""
    name = t.name(sheet.area.names, sheet.area.code)
    above = list(sheet.above)
    if sheet.administrator:
        name = t.name(sheet.administrators[sheet.administrator], sheet.administrator)
        above.append(sheet.area)
    steps = [
        (t.name(area.names, area.code), view.href(sheet_address(area.code, sheet.week))) for area in above
    ]
    return [
        breadcrumb(steps, t, name),
        html.H1(t("sheet.headline", area=name, week=t.period(sheet.week)), id="headline", tabIndex=-1),
        html.P(t("sheet.lede", first=t.date(sheet.starts_on), last=t.date(sheet.ends_on)), className="lede"),
        html.Ul([html.Li(pill) for pill in _pills(sheet, view, t)], className="pills"),
    ]


def _pills(sheet: FlashSheet, view: View, t: Translator) -> list[Component]:
    """Whether it is filed, the weeks beside it, its printed forms, and the area's items."""
    address = sheet_address(sheet.area.code, sheet.week, sheet.administrator)
    pills: list[Component] = [
        html.Span(t("sheet.filed" if sheet.own else "sheet.not_filed"), className="pill")
    ]
    week = week_of(sheet.week)
    for other, arrow in ((week_before(week).key, "← {}"), (week_after(week).key, "{} →")):
        href = view.href(sheet_address(sheet.area.code, other, sheet.administrator))
        pills.append(dcc.Link(arrow.format(t.period(other, short=True)), href=href, className="pill week"))
    pills += [
        html.A(t("sheet.page"), href=f"{address}/sheet?lang={t.language}", className="pill"),
        html.A("PDF", href=f"{address}/sheet.pdf?lang={t.language}", className="pill"),
    ]
    if sheet.area.depth == 0 and not sheet.administrator:
        href = f"/pack/{sheet.week}.pdf?lang={t.language}"
        pills.append(html.A(t("sheet.pack"), href=href, className="pill"))
    pills.append(dcc.Link(t("nav.items"), href=view.href(f"/items/{sheet.area.code}"), className="pill"))
    return pills
