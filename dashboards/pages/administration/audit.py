"""The audit log: searched, and its chain walked."""

import json
from datetime import datetime
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.charts.drawing import element, markup
from dashboards.components.drawn import Drawn
from dashboards.components.form import form
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.server.current_user import person
from dashboards.server.forms import outcome
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.session_cookie import shown_once
from dashboards.server.view import View
from sala.errors import Invalid
from sala.translation.translator import Translator
from transforms.identity.administration import MOST_ENTRIES, Entry, entries

AUDIT = "/admin/audit"
VERIFIED = "verified_chain"
"""Where the session keeps what walking the chain found, until it has been shown once."""


@page(AUDIT, menu=92, group="data", name="audit", may="administer")
def audit_page(view: View, country: Country, t: Translator) -> Page:
    """The newest entries that fit what was asked for."""
    said = dict(view.query)
    before = said.get("before", "")
    found = entries(
        person(),
        country,
        said.get("words"),
        said.get("who"),
        _day(said.get("since"), country),
        int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None,
    )
    body: list[Component] = [
        html.H1(t("audit.title"), id="headline", tabIndex=-1),
        html.P(t("audit.lede"), className="lede"),
        *outcome(view, t, "audit"),
        *_verified(t),
        form(f"{AUDIT}/verify", [], t("audit.verify"), view, look="inline"),
        Drawn(markup(_search(said, t))),
    ]
    if found:
        body.append(
            html.Section(data_table(_table(list(found), country, t), t, "stacked"), className="card one")
        )
    else:
        body.append(html.P(t("audit.none"), className="empty"))
    if len(found) == MOST_ENTRIES:
        body.append(
            dcc.Link(t("audit.earlier"), href=view.href(before=str(found[-1].number)), className="action")
        )
    return Page(title=t("audit.title"), body=body, section="audit")


def _day(text: str | None, country: Country) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(country.timezone))
    except (ValueError, OverflowError):
        raise Invalid("selection", name="since", value=text, allowed="2026-11-30") from None


def _verified(t: Translator) -> list[Component]:
    if (checked := shown_once(VERIFIED)) is None:
        return []
    if checked["broken"]:
        return [html.P(t("audit.broken", reason=checked["broken"]), className="refusal", role="alert")]
    text = t("audit.whole", n=checked["entries"])
    return [
        html.Div(
            [html.P(text), html.P(html.Code(f"{checked['entries']}:{checked['head']}"))],
            className="card one",
            role="status",
        )
    ]


def _search(said: dict[str, str], t: Translator) -> Element:
    boxes = [
        element(
            "label",
            element("span", t(f"audit.{name}")),
            element(
                "input",
                type="text",
                name=name,
                value=said.get(name, ""),
                placeholder=example,
                maxlength="200",
            ),
        )
        for name, example in (("words", t("audit.words_example")), ("who", ""), ("since", "2026-11-01"))
    ]
    button = element("button", t("audit.search"), type="submit", class_="action strong")
    return element(
        "form", *boxes, button, action=AUDIT, method="get", data_in_page="", class_="explore-form card"
    )


def _table(found: list[Entry], country: Country, t: Translator) -> Table:
    columns = (
        Column("number", t("audit.number"), "text"),
        Column("at", t("audit.at"), "moment"),
        Column("person", t("audit.who"), "text"),
        Column("action", t("audit.action"), "text"),
        Column("subject", t("audit.subject"), "text"),
        Column("area_code", t("column.area"), "text"),
        Column("detail", t("audit.detail"), "text"),
    )
    rows = [
        (
            str(entry.number),
            t.moment(entry.at, country.timezone),
            entry.person or "Sala",
            entry.action,
            entry.subject,
            entry.area_code,
            json.dumps(entry.detail, ensure_ascii=False)[:300] if entry.detail else None,
        )
        for entry in found
    ]
    return Table(t("audit.title"), columns, rows)
