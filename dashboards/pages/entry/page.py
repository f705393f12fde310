"""Filling in a small return on a page instead of a template; it goes on where there is no line."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from countries.period import Period
from dashboards.components.form import select
from dashboards.components.scripts import scripts
from dashboards.pages.entry.sheet_place import SCRIPTS, sent_to, texts
from dashboards.queries.places import for_template
from dashboards.server.current_user import person
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.errors import NotFound, Refusal
from sala.translation.translator import Translator
from transforms.identity.filing import files
from transforms.intake.entry_drafts import SheetOf
from transforms.intake.entry_sheet import DATASETS, known_lines, sheet_of
from validators.contracts.contract import contract, in_language

_PERIODS = 6
"""How many are offered, the newest first; an address may name any other."""


@page("/entry", menu=12, group="reporting", may="submit")
def entry_page(view: View, country: Country, t: Translator) -> Page:
    """The sheet of a dataset, area and period; what is due of the reader's own where none is named."""
    return Page(title=t("entry.title"), body=_body(view, country, t), section="entry")


def _body(view: View, country: Country, t: Translator) -> list[Component]:
    sender = person()
    head: list[Component] = [
        html.H1(t("entry.title"), id="headline", tabIndex=-1),
        html.P(t("entry.lede"), className="lede"),
    ]
    filed = [dataset for dataset in DATASETS if sender.unbound or files(sender, dataset)]
    if not filed:
        return [*head, html.P(t("entry.nothing_filed"), className="empty")]
    dataset = view.dataset if view.dataset in filed else filed[0]
    area = view.area or sender.area_code or country.root
    of = sheet_of(country, dataset, area, _fitting(dataset, view.period))
    choices = _choices(of, filed, view, country, t)
    try:
        known_lines(sender, of, country)
    except Refusal as refusal:  # too many lines, or none: another area may be chosen
        instead = [html.P(refusal.text(t.language), className="empty", id="no-sheet"), _ways(of, view, t)]
        return [*head, choices, html.Section(instead, className="card one")]
    return [*head, choices, _sheet(of, view, t)]


def _fitting(dataset: str, period: str | None) -> str:
    """The period of the address where returns of the dataset have such ones; else none, for the one that is due."""
    about = contract(dataset).period
    kinds = about.kinds or ("Y",) if about else ()
    try:
        return period if period and Period.parse(period).kind in kinds else ""
    except ValueError:
        raise NotFound("unknown_period", what=period) from None


def _choices(of: SheetOf, filed: list[str], view: View, country: Country, t: Translator) -> Component:
    """Which sheet: a form that is nothing but an address."""
    own = for_template(person().area_code)
    areas = [(area.code, f"{area.code} {t.name(area.names, area.code)}") for area in own]
    if of.area not in {code for code, _ in areas}:
        areas.insert(0, (of.area, of.area))
    datasets = [(name, in_language(contract(name).title, t.language)) for name in filed]
    periods = [(key, t.period(key)) for key in _periods(of, country)]
    fields = [
        select("area", t("column.area"), areas, of="entry", chosen=of.area),
        select("period", t("column.period"), periods, of="entry", chosen=of.period),
        html.Button(t("entry.open"), type="submit", className="action"),
    ]
    if len(datasets) > 1:
        fields.insert(0, select("dataset", t("column.dataset"), datasets, of="entry", chosen=of.dataset))
    in_page: dict[str, Any] = {"data-in-page": ""}
    return html.Form(fields, action="/entry", className="form inline entry-choice", **in_page)


def _periods(of: SheetOf, country: Country) -> list[str]:
    """The newest that have begun, the months before the years, and the one that is open."""
    today = dt.datetime.now(ZoneInfo(country.timezone)).date()
    years = [str(today.year - back) for back in range(2)]
    months = [
        f"{today.year - (back >= today.month)}-{(today.month - back - 1) % 12 + 1:02}"
        for back in range(_PERIODS)
    ]
    if of.dataset != "scheme_returns":
        offered = years
    elif any(scheme.frequency == "Y" for scheme in country.schemes):
        offered = [*months, *years]
    else:
        offered = months
    return offered if of.period in offered else [of.period, *offered]


def _sheet(of: SheetOf, view: View, t: Translator) -> Component:
    title = in_language(contract(of.dataset).title, t.language)
    drawn: dict[str, Any] = {
        "data-entry": f"{of.dataset}/{of.area}/{of.period}",
        "data-scripts": scripts(*SCRIPTS),
        "data-title": f"{title} · {of.area} · {t.period(of.period)}",
        "data-texts": texts(t),
        "data-to": sent_to(view),
    }
    return html.Section([html.Div(className="entry-sheet", **drawn), _ways(of, view, t)], className="card")


def _ways(of: SheetOf, view: View, t: Translator) -> Component:
    """The template of the same sheet, where to send it, and what each column means."""
    query = urlencode({"area": of.area, "period": of.period, "language": t.language})
    links = [
        html.A(
            t("submissions.template"), href=f"/api/v1/templates/{of.dataset}?{query}", className="download"
        ),
        dcc.Link(
            t("entry.send_file"), href=view.href("/submissions", dataset=of.dataset), className="download"
        ),
        dcc.Link(t("entry.contracts"), href=view.href("/contracts"), className="download"),
    ]
    return html.P(links, className="evidence")
