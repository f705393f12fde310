"""A flash sheet: the form for whoever writes it, the lists for whoever reads it, the sheets below side by side."""

import datetime as dt
from zoneinfo import ZoneInfo

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.models.flash_sheet import FlashSheet, SheetLine
from dashboards.pages.flash.form import form
from dashboards.pages.flash.header import header
from dashboards.pages.flash.side_by_side import side_by_side
from dashboards.queries.access import must_read
from dashboards.queries.flash_sheet import flash_sheet
from dashboards.queries.weeks import week_on
from dashboards.server.current_user import acting, person
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator
from transforms.flash.drafts import draft, may_write
from transforms.flash.flash_report import KINDS, Entry, FlashReport


@page(
    "/flash",
    "/flash/<code>",
    "/flash/<code>/<week>",
    "/flash/<code>/<week>/<administrator>",
    menu=20,
    group="reporting",
)
def flash_page(
    view: View,
    country: Country,
    t: Translator,
    code: str | None = None,
    week: str | None = None,
    administrator: str | None = None,
) -> Page:
    """The sheet of an area for a week; without them the reader's own, for the week that is running."""
    reader = person()
    if code is None:
        code, administrator = reader.area_code or country.root, reader.administrator
    must_read(code)
    today = dt.datetime.now(ZoneInfo(country.timezone)).date()
    sheet = flash_sheet(code, week or week_on(today).key, administrator)
    return Page(title=t("sheet.title"), body=body(sheet, view, country, t), section="flash")


def body(sheet: FlashSheet, view: View, country: Country, t: Translator) -> list[Component]:
    """The sheet for somebody who only reads it, or who writes it: with the draft they left, or else what was filed."""
    flash = country.calendar.flash_reports
    parts = header(sheet, view, t)
    below = [side_by_side(sheet, view, t)] if sheet.children or sheet.administrator_reports else []
    if flash is None or sheet.area.depth > country.depth(flash.layer):
        return [*parts, *below, html.P(t("sheet.too_low"), className="empty")]
    with acting() as connection:
        writing = may_write(connection, sheet.area.code, sheet.administrator)
        kept = draft(connection, sheet.week, sheet.area.code, sheet.administrator) if writing else None
    if not writing:
        return [*parts, html.P(t("sheet.reading"), className="lede"), *below, _lists(sheet, t)]
    written, saved_at = kept or (_filed(sheet), None)
    saved = t("sheet.saved", at=t.moment(saved_at, country.timezone)) if saved_at else t("sheet.unsaved")
    return [
        *parts,
        html.P(saved, id="flash-message", className="note", role="status", **aria(live="polite")),
        dcc.Store(id="flash-written"),
        html.Div(form(written, sheet, flash.items_per_list, t), id="flash-form"),
        html.Div(
            [html.Button(t("sheet.file"), id="flash-file", className="action main")], className="file-row"
        ),
        html.Div(id="flash-filed", **aria(live="polite")),
        *below,
    ]


def _filed(sheet: FlashSheet) -> FlashReport:
    """The sheet as it was filed, to be changed; empty where it was not."""
    entries = tuple(map(_entry, sheet.lines))
    return FlashReport(sheet.week, sheet.area.code, sheet.administrator, sheet.own or {}, entries)


def _entry(line: SheetLine) -> Entry:
    return Entry(
        line.kind,  # type: ignore[arg-type]  # the warehouse holds no other kinds
        line.text,
        line.needs_layer,
        line.due.isoformat() if line.due else None,
        "compiled" if line.origin == "compiled" else "own",
        line.sources,
        line.stays_because,
    )


def _lists(sheet: FlashSheet, t: Translator) -> Component:
    """The four lists for somebody who reads and does not write."""
    return html.Div(
        [
            html.Section(
                [
                    html.Header(html.H2(t(f"items.{kind}"))),
                    html.Ul([html.Li(line.text) for line in sheet.of(kind)], className="plain")
                    if sheet.of(kind)
                    else html.P(t("items.none_of_kind"), className="empty"),
                ],
                className="card",
            )
            for kind in KINDS
        ],
        className="sheet-form",
    )
