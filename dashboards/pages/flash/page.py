"""Writing a flash sheet: the sheets below side by side, the form, the verdict on what was filed."""

import datetime as dt
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.components.submission_verdict import MOST_PROBLEMS, submission_verdict
from dashboards.components.table import data_table
from dashboards.components.table_data import Cell, Column, Table
from dashboards.models.flash_report import AXES
from dashboards.pages.flash.entry_form import form
from dashboards.pages.flash.models import Axes, Line, SheetFacts, Voice
from dashboards.pages.flash.queries import sheet_facts, week_after, week_before, week_of, week_on
from dashboards.print.flash_report import KINDS
from dashboards.queries.access import must_read
from dashboards.queries.submissions import submission
from dashboards.server.current_user import acting, person
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator
from transforms.flash.drafts import draft, may_write
from transforms.flash.flash_report import Entry, FlashReport


def address(code: str, week: str, administrator: str | None = None) -> str:
    """The path of a sheet."""
    parts = [code, week, *([administrator] if administrator else [])]
    return "/flash/" + "/".join(quote(part, safe="") for part in parts)


@page("/flash", "/flash/<code>", "/flash/<code>/<week>", "/flash/<code>/<week>/<administrator>", menu=20)
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
    facts = sheet_facts(code, week or week_on(today).key, administrator)
    return Page(title=t("sheet.title"), body=body(facts, view, country, t), section="flash")


def body(facts: SheetFacts, view: View, country: Country, t: Translator) -> list[Component]:
    writes = may_write(person(), facts.area.code, facts.administrator)
    flash = country.calendar.flash_reports
    too_low = flash is None or facts.area.depth > country.depth(flash.layer)
    parts = [*_top(facts, view, t)]
    if facts.children or facts.others:
        parts.append(_side_by_side(facts, view, t))
    if too_low:
        parts.append(html.P(t("sheet.too_low"), className="empty"))
        return parts
    if not writes:
        parts += [html.P(t("sheet.reading"), className="lede"), _lists(facts, t)]
        return parts
    written, saved_at = begun(facts)
    said = t("sheet.saved", at=t.moment(saved_at, country.timezone)) if saved_at else t("sheet.unsaved")
    return [
        *parts,
        html.P(said, id="flash-said", className="note", role="status", **aria(live="polite")),
        dcc.Store(id="flash-written"),
        html.Div(form(written, facts, flash.items_per_list if flash else None, t), id="flash-form"),
        html.Div(
            [html.Button(t("sheet.file"), id="flash-file", className="action main")],
            className="file-row",
        ),
        html.Div(id="flash-filed", **aria(live="polite")),
    ]


def begun(facts: SheetFacts) -> tuple[FlashReport, dt.datetime | None]:
    """The draft this reader left, or else what was filed, or else an empty sheet."""
    with acting() as connection:
        found = draft(connection, facts.week, facts.area.code, facts.administrator)
    return found or (filed(facts), None)


def filed(facts: SheetFacts) -> FlashReport:
    """The sheet as it was filed, to be changed."""
    return FlashReport(
        facts.week, facts.area.code, facts.administrator, facts.own or {}, tuple(map(_entry, facts.lines))
    )


def _entry(line: Line) -> Entry:
    return Entry(
        line.kind,  # type: ignore[arg-type]  # the warehouse holds no other kinds
        line.text,
        line.needs_layer,
        line.due.isoformat() if line.due else None,
        "compiled" if line.origin == "compiled" else "own",
        line.sources,
        line.stays_because,
    )


def _top(facts: SheetFacts, view: View, t: Translator) -> list[Component]:
    name = t.name(facts.area.names, facts.area.code)
    if facts.administrator:
        name = t.name(facts.administrators[facts.administrator], facts.administrator)
    steps: list[Any] = []
    for area in facts.above:
        steps += [
            dcc.Link(t.name(area.names, area.code), href=view.href(address(area.code, facts.week))),
            html.I("›"),
        ]
    if facts.administrator:
        steps += [
            dcc.Link(
                t.name(facts.area.names, facts.area.code),
                href=view.href(address(facts.area.code, facts.week)),
            ),
            html.I("›"),
        ]
    week = week_of(facts.week)
    before, after = week_before(week).key, week_after(week).key
    here = address(facts.area.code, facts.week, facts.administrator)
    pills = [
        html.Span(t("sheet.filed" if facts.own else "sheet.not_filed"), className="pill"),
        dcc.Link(
            t.period(before, short=True),
            href=view.href(address(facts.area.code, before, facts.administrator)),
            className="pill",
        ),
        dcc.Link(
            t.period(after, short=True),
            href=view.href(address(facts.area.code, after, facts.administrator)),
            className="pill",
        ),
        html.A(t("sheet.page"), href=f"{here}/sheet?lang={t.language}", className="pill"),
        html.A("PDF", href=f"{here}/sheet.pdf?lang={t.language}", className="pill"),
    ]
    if facts.area.depth == 0 and not facts.administrator:
        pack = f"/pack/{facts.week}.pdf?lang={t.language}"
        pills.append(html.A(t("sheet.pack"), href=pack, className="pill"))
    pills.append(dcc.Link(t("nav.items"), href=view.href(f"/items/{facts.area.code}"), className="pill"))
    return [
        html.Nav([*steps, html.B(name)], className="crumbs", **aria(label=t("crumbs.label"))),
        html.H1(t("sheet.headline", area=name, week=t.period(facts.week)), id="headline", tabIndex=-1),
        html.P(
            t("sheet.lede", first=t.date(facts.starts_on), last=t.date(facts.ends_on)),
            className="lede",
        ),
        html.Ul([html.Li(pill) for pill in pills], className="pills"),
    ]


def _side_by_side(facts: SheetFacts, view: View, t: Translator) -> Component:
    """The sheets below, one a row: who spoke, what they said, how much they send up."""
    columns = [Column("area", t("column.area"), "text")]
    columns += [Column(axis, t(f"axis.{axis}.short").replace("<br>", " "), "share") for axis in AXES]
    columns += [Column(kind, t(f"items.{kind}")) for kind in KINDS]
    rows: list[tuple[Cell, ...]] = []
    hrefs: list[str | None] = []
    if facts.compiled:
        label = t("sheet.mean", received=t.number(facts.compiled.received), n=facts.compiled.expected)
        rows.append((label, *_shares(facts.compiled.axes), *(None for _ in KINDS)))
        hrefs.append(None)
    for voice in facts.children:
        rows.append(_row(voice, facts, t, administrator=False))
        hrefs.append(view.href(address(voice.code, facts.week)))
    if facts.others_mean:
        heard = sum(other.axes is not None for other in facts.others)
        label = t("sheet.others_mean", received=t.number(heard), n=len(facts.others))
        rows.append((label, *_shares(facts.others_mean), *(None for _ in KINDS)))
        hrefs.append(None)
    for voice in facts.others:
        rows.append(_row(voice, facts, t, administrator=True))
        hrefs.append(view.href(address(facts.area.code, facts.week, voice.code)))
    table = Table(t("sheet.side_by_side"), columns, rows, hrefs)
    laggards = facts.compiled.laggards if facts.compiled else ()
    names = {child.code: t.name(child.names, child.code) for child in facts.children}
    note = (
        t("flash.laggards", areas=", ".join(names.get(code, code) for code in laggards)) if laggards else ""
    )
    return html.Section(
        [
            html.Header(html.H2(t("sheet.side_by_side"))),
            data_table(table, t),
            html.P(note, className="note"),
        ],
        className="card",
        id="below",
    )


def _row(voice: Voice, facts: SheetFacts, t: Translator, administrator: bool) -> tuple[Cell, ...]:
    name = t.name(voice.names, voice.code)
    if voice.axes is not None and not voice.filed:
        name = f"{name} ({t('flash.compiled')})"
    sent = [
        line
        for line in facts.below
        if (
            line.area == facts.area.code and line.names == voice.names
            if administrator
            else line.area == voice.code
        )
    ]
    counts = [sum(line.kind == kind for line in sent) for kind in KINDS]
    return (name, *_shares(voice.axes), *counts)


def _shares(axes: Axes | None) -> list[float | None]:
    told = [axes.get(axis) if axes else None for axis in AXES]
    return [None if value is None else value / 100 for value in told]


def _lists(facts: SheetFacts, t: Translator) -> Component:
    """The four lists for somebody who reads and does not write."""
    return html.Div(
        [
            html.Section(
                [
                    html.Header(html.H2(t(f"items.{kind}"))),
                    html.Ul([html.Li(line.text) for line in facts.of(kind)], className="plain")
                    if facts.of(kind)
                    else html.P(t("items.none_of_kind"), className="empty"),
                ],
                className="card",
            )
            for kind in KINDS
        ],
        className="sheet-form",
    )


def verdicts(receipts: list[str], country: Country, t: Translator) -> tuple[list[Component], bool]:
    """What became of the files of a sheet, and whether that is final."""
    parts: list[Component] = []
    final = True
    for receipt in receipts:
        file, problems = submission(receipt, MOST_PROBLEMS)
        final = final and file.is_final
        verdict = submission_verdict(file, problems, country.timezone, t)
        parts.append(html.Section(verdict, className="card verdict"))
    return parts, final
