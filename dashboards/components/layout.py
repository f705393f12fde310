"""What surrounds every page: brand, ways to go, choices, languages; the notice; sources at the foot."""

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.account_menu import who
from dashboards.components.aria import aria
from dashboards.components.choice import choice
from dashboards.server.page import Page
from dashboards.server.registry import menu
from dashboards.server.view import View
from sala.translation.translator import Translator, translator


def shell(page: Page, view: View, country: Country, t: Translator) -> list[Component]:
    """The whole page."""
    return [
        html.Header(_navigation(page, view, country, t), className="top"),
        html.Main(
            [
                html.P(t("shell.sample"), className="sample", role="note") if country.sample else None,
                *([page.body] if isinstance(page.body, Component) else page.body),
            ],
            id="main",
        ),
        html.Footer(_foot(country, t), className="foot"),
    ]


def _navigation(page: Page, view: View, country: Country, t: Translator) -> list[Component | None]:
    ways = [
        dcc.Link(
            t(f"nav.{entry.name}"),
            href=view.href(entry.address, indicator=None),
            className="on" if page.section == entry.name else "",
        )
        for entry in menu()
    ]
    choices: list[Component] = []
    if page.periods:
        options = [(period.code, t.period(period.code)) for period in reversed(page.periods)]
        choices.append(choice("period", options, page.chosen.get("period"), t("shell.period")))
    languages = [
        dcc.Link(
            translator(language)("language.short"),
            href=view.href(lang=language),
            className="on" if language == view.language else "",
            title=translator(language)("language.name"),
        )
        for language in country.languages
    ]
    if len(languages) > 1:
        choices.append(html.Nav(languages, className="languages", **aria(label=t("shell.languages"))))
    return [
        html.A(t("shell.skip"), href="#main", className="skip"),
        dcc.Link(
            [html.I(className="hall", **aria(hidden="true")), "Sala"],
            href=view.href("/", indicator=None),
            className="brand",
        ),
        html.Nav(ways, className="ways", **aria(label=t("shell.ways"))),
        html.Div(choices, className="choices"),
        who(view, country, t),
    ]


def _foot(country: Country, t: Translator) -> list[Component]:
    sources = [
        html.Li([f"{t.name(a.what)}: ", html.A(a.who, href=a.url, rel="noreferrer"), f" ({a.licence})"])
        for a in country.attribution
    ]
    said = [html.P(t("shell.foot"))]
    if not country.roles:
        said.append(html.P(t("account.open")))
    return [*said, html.Ul(sources) if sources else html.Span()]
