"""What comes down the chain to an area: notices, guidelines, scheme parameters, and money with what became of it."""

from urllib.parse import quote

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.pages.notices.allocations import absorption, allocate_form, grants
from dashboards.pages.notices.notices import notice_list, publish_form
from dashboards.pages.notices.queries import NoticeFacts, notice_facts
from dashboards.queries.access import must_read
from dashboards.server.current_user import person
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Words

SAID = ("published", "acknowledged", "allocated", "known")


@page("/notices", "/notices/<code>", menu=60)
def notices_page(view: View, country: Country, words: Words, code: str | None = None) -> Page:
    """The notices of the area `code`; None is the reader's own."""
    code = code or person().area_code or country.root
    must_read(code)
    facts = notice_facts(code)
    return Page(title=words("notices.title"), body=body(facts, view, country, words), section="notices")


def body(facts: NoticeFacts, view: View, country: Country, words: Words) -> list[Component]:
    reader, code = person(), facts.area.code
    held = [notice for notice in facts.notices if notice.state == "in_force"]
    name = words.name(facts.area.names, code)
    headline = words("notices.headline", n=len(held), area=name) if held else words("notices.none", area=name)
    parts: list[Component | None] = [
        _crumbs(facts, view, words),
        html.H1(headline, id="headline", tabIndex=-1),
        html.P(words("notices.lede"), className="lede"),
        _said(view, words),
        notice_list(facts, country, view, words),
        grants(facts, country, view, words),
        absorption(facts, country, view, words),
        publish_form(facts, country, view, words) if reader.may("publish", code) else None,
        allocate_form(facts, country, view, words) if reader.may("allocate", code) else None,
        _ways_down(facts, view, words),
    ]
    return [part for part in parts if part is not None]


def _said(view: View, words: Words) -> Component | None:
    if view.said is None or not view.said.replace("_", "").isalpha():
        return None
    if view.said in SAID:
        return html.P(words(f"notices.done.{view.said}"), className="agreed", role="status")
    if words.has(f"notices.refused.{view.said}"):
        return html.P(words(f"notices.refused.{view.said}"), className="refusal", role="alert")
    return None


def _crumbs(facts: NoticeFacts, view: View, words: Words) -> Component:
    crumbs: list[Component] = []
    for area in facts.above:
        href = view.href(f"/notices/{quote(area.code, safe='')}")
        crumbs += [dcc.Link(words.name(area.names, area.code), href=href), html.I("›")]
    return html.Nav(
        [*crumbs, html.B(words.name(facts.area.names, facts.area.code))],
        className="crumbs",
        **aria(label=words("crumbs.label")),
    )


def _ways_down(facts: NoticeFacts, view: View, words: Words) -> Component | None:
    if not facts.below:
        return None
    links = [
        dcc.Link(words.name(area.names, area.code), href=view.href(f"/notices/{quote(area.code, safe='')}"))
        for area in facts.below
    ]
    return html.Section(
        [html.H2(words("notices.below")), html.Div(links, className="way-down")], className="card one"
    )
