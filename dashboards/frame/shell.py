"""What surrounds every page: brand, ways to go, choices, languages; the notice; sources at the foot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.frame.aria import aria
from dashboards.frame.choice import choice
from dashboards.frame.who import who
from dashboards.reference import Period
from dashboards.view import View
from dashboards.words import Words, words

PAGES = (
    ("coverage", "/"),
    ("flash", "/flash"),
    ("items", "/items"),
    ("grievances", "/grievances"),
    ("reviews", "/reviews"),
    ("notices", "/notices"),
    ("calendar", "/calendar"),
    ("data", "/data"),
    ("submissions", "/submissions"),
)


@dataclass(frozen=True)
class Page:
    """What a page function gives to the router: a title for the window and the body between nav and foot."""

    title: str
    body: Component | Sequence[Component]
    section: str = ""
    periods: tuple[Period, ...] = ()
    chosen: Mapping[str, str | None] = field(default_factory=dict)  # what the page's choices stand at
    status: int = 200


def shell(page: Page, view: View, country: Country, spoken: Words) -> list[Component]:
    """The whole page."""
    return [
        html.Header(_navigation(page, view, country, spoken), className="top"),
        html.Main(
            [
                html.P(spoken("shell.sample"), className="sample", role="note") if country.sample else None,
                *([page.body] if isinstance(page.body, Component) else page.body),
            ],
            id="main",
        ),
        html.Footer(_foot(country, spoken), className="foot"),
    ]


def _navigation(page: Page, view: View, country: Country, spoken: Words) -> list[Component | None]:
    ways = [
        dcc.Link(
            spoken(f"nav.{name}"),
            href=view.href(path, indicator=None),
            className="on" if page.section == name else "",
        )
        for name, path in PAGES
    ]
    choices: list[Component] = []
    if page.periods:
        options = [(period.code, spoken.period(period.code)) for period in reversed(page.periods)]
        choices.append(choice("period", options, page.chosen.get("period"), spoken("shell.period")))
    languages = [
        dcc.Link(
            words(language)("language.short"),
            href=view.href(lang=language),
            className="on" if language == view.language else "",
            title=words(language)("language.name"),
        )
        for language in country.languages
    ]
    if len(languages) > 1:
        choices.append(html.Nav(languages, className="languages", **aria(label=spoken("shell.languages"))))
    return [
        html.A(spoken("shell.skip"), href="#main", className="skip"),
        dcc.Link(
            [html.I(className="hall", **aria(hidden="true")), "Sala"],
            href=view.href("/", indicator=None),
            className="brand",
        ),
        html.Nav(ways, className="ways", **aria(label=spoken("shell.ways"))),
        html.Div(choices, className="choices"),
        who(view, country, spoken),
    ]


def _foot(country: Country, spoken: Words) -> list[Component]:
    sources = [
        html.Li([f"{spoken.name(a.what)}: ", html.A(a.who, href=a.url, rel="noreferrer"), f" ({a.licence})"])
        for a in country.attribution
    ]
    said = [html.P(spoken("shell.foot"))]
    if not country.roles:
        said.append(html.P(spoken("account.open")))
    return [*said, html.Ul(sources) if sources else html.Span()]
