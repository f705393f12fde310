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
from dashboards.server.forms import outcome
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator


@page("/notices", "/notices/<code>", menu=60)
def notices_page(view: View, country: Country, t: Translator, code: str | None = None) -> Page:
    """The notices of the area `code`; None is the reader's own."""
    code = code or person().area_code or country.root
    must_read(code)
    facts = notice_facts(code)
    return Page(title=t("notices.title"), body=body(facts, view, country, t), section="notices")


def body(facts: NoticeFacts, view: View, country: Country, t: Translator) -> list[Component]:
    reader, code = person(), facts.area.code
    held = [notice for notice in facts.notices if notice.state == "in_force"]
    name = t.name(facts.area.names, code)
    headline = t("notices.headline", n=len(held), area=name) if held else t("notices.none", area=name)
    parts: list[Component | None] = [
        _crumbs(facts, view, t),
        html.H1(headline, id="headline", tabIndex=-1),
        html.P(t("notices.lede"), className="lede"),
        *outcome(view, t, "notices"),
        notice_list(facts, country, view, t),
        grants(facts, country, view, t),
        absorption(facts, country, view, t),
        publish_form(facts, country, view, t) if reader.may("publish", code) else None,
        allocate_form(facts, country, view, t) if reader.may("allocate", code) else None,
        _ways_down(facts, view, t),
    ]
    return [part for part in parts if part is not None]


def _crumbs(facts: NoticeFacts, view: View, t: Translator) -> Component:
    crumbs: list[Component] = []
    for area in facts.above:
        href = view.href(f"/notices/{quote(area.code, safe='')}")
        crumbs += [dcc.Link(t.name(area.names, area.code), href=href), html.I("›")]
    return html.Nav(
        [*crumbs, html.B(t.name(facts.area.names, facts.area.code))],
        className="crumbs",
        **aria(label=t("crumbs.label")),
    )


def _ways_down(facts: NoticeFacts, view: View, t: Translator) -> Component | None:
    if not facts.below:
        return None
    links = [
        dcc.Link(t.name(area.names, area.code), href=view.href(f"/notices/{quote(area.code, safe='')}"))
        for area in facts.below
    ]
    return html.Section(
        [html.H2(t("notices.below")), html.Div(links, className="way-down")], className="card one"
    )
