"""Waiting for me: the compilations of the reader's area and of those right below, by what is to be done."""

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.pages.reviews.figures import review_href, state_mark
from dashboards.pages.reviews.worklist_queries import Waiting, worklist
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator

_MOST = 40


@page("/reviews", menu=50)
def worklist_page(view: View, country: Country, t: Translator) -> Page:
    """What waits, first what waits for the reader's own committee."""
    found = worklist()
    groups = (
        ("mine", [entry for entry in found if entry.own and entry.state in ("compiled", "reopened", "open")]),
        ("returned", [entry for entry in found if entry.own and entry.state == "returned"]),
        ("below", [entry for entry in found if not entry.own and entry.state in ("reopened", "returned")]),
        ("later", [entry for entry in found if not entry.own and entry.state in ("compiled", "open")]),
        ("signed", [entry for entry in found if entry.state == "endorsed"]),
    )
    n = len(groups[0][1]) + len(groups[1][1])
    parts: list[Component] = [
        html.H1(t("reviews.headline", n=n), id="headline", tabIndex=-1),
        html.P(t("reviews.lede"), className="lede"),
    ]
    parts += [
        _group(name, entries, view, country, t) for name, entries in groups if entries or name == "mine"
    ]
    return Page(title=t("reviews.title"), body=parts, section="reviews")


def _group(name: str, entries: list[Waiting], view: View, country: Country, t: Translator) -> Component:
    heading = html.H2(t(f"reviews.{name}"))
    if not entries:
        return html.Section([heading, html.P(t("reviews.nothing"), className="empty")], className="card one")
    keys = ("area", "dataset", "period", "state", "completeness", "since")
    head = [
        html.Th(t(f"column.{key}"), scope="col", className="num" if key == "completeness" else "text")
        for key in keys
    ]
    rows = [_row(entry, view, country, t) for entry in entries[:_MOST]]
    table = html.Table(
        [
            html.Caption(t(f"reviews.{name}"), className="unseen"),
            html.Thead(html.Tr(head)),
            html.Tbody(rows),
        ],
        className="data",
    )
    parts: list[Component] = [heading, html.Div(table, className="table-box", tabIndex=0)]
    if len(entries) > _MOST:
        parts.append(html.P(t("reviews.more", n=len(entries) - _MOST), className="note"))
    return html.Section(parts, className="card one", id=f"reviews-{name}")


def _row(entry: Waiting, view: View, country: Country, t: Translator) -> Component:
    link = dcc.Link(
        t.name(entry.names, entry.area), href=review_href(view, entry.area, entry.dataset, entry.period)
    )
    since = t.moment(entry.since, country.timezone) if entry.since else "–"
    return html.Tr(
        [
            html.Th(link, scope="row", className="text"),
            html.Td(t(f"dataset.{entry.dataset}"), className="text"),
            html.Td(t.period(entry.period), className="text"),
            html.Td(state_mark(entry.state, t), className="text"),
            html.Td(t.percent(entry.completeness), className="num"),
            html.Td(since, className="text"),
        ]
    )
