"""What surrounds every page: brand, ways to go, choices, languages; the notice; sources at the foot."""

from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards import theme
from dashboards.components.account_menu import account_menu
from dashboards.components.area_search import area_search
from dashboards.components.aria import aria
from dashboards.components.choice import choice
from dashboards.server.current_user import account, person
from dashboards.server.page import Page
from dashboards.server.registry import GROUPS, MenuEntry, menu
from dashboards.server.view import View
from sala.translation.translator import Translator, translator


def frame() -> Component:
    """What stays while one goes from page to page; the callback of `dashboards.routing` fills it."""
    return dmc.MantineProvider(
        [
            dcc.Location(id="address", refresh="callback-nav"),
            dcc.Store(id="head"),
            html.Div(html.Div(className="waiting", role="status"), id="page"),
        ],
        theme=theme.MANTINE,
        forceColorScheme="light",
    )


def layout(page: Page, view: View, country: Country, t: Translator, waiting: int) -> list[Component]:
    """The whole page; `waiting` is how many things are on the reader's worklist."""
    return [
        html.Header(_navigation(page, view, country, t, waiting), className="top"),
        html.Main(
            [
                _sample(country, t),
                *([page.body] if isinstance(page.body, Component) else page.body),
            ],
            id="main",
        ),
        html.Footer(_foot(country, t), className="foot"),
    ]


def _sample(country: Country, t: Translator) -> Component | None:
    """That figures are made up, and that a visitor, who may send something here, does it as one."""
    if not country.sample:
        return None
    as_visitor = [" ", t("shell.visitor")] if country.roles and account() is None else []
    return html.P([t("shell.sample"), *as_visitor], className="sample", role="note")


def _navigation(
    page: Page, view: View, country: Country, t: Translator, waiting: int
) -> list[Component | None]:
    entries = menu(person())
    active = next((entry for entry in entries if entry.name == page.section), None)
    choices: list[Component] = []
    if page.periods:
        options = [(period, t.period(period)) for period in reversed(page.periods)]
        choices.append(choice("period", options, page.chosen.get("period"), t("shell.period")))
    if len(country.languages) > 1:
        choices.append(_languages(view, country, t))
    return [
        html.A(t("shell.skip"), href="#main", className="skip"),
        dcc.Link(
            [html.I(className="hall", **aria(hidden="true")), "Sala"],
            href=view.href("/", indicator=None),
            className="brand",
        ),
        html.Nav(_groups(entries, active, view, t), className="ways", **aria(label=t("shell.ways"))),
        area_search(view, t),
        html.Div(choices, className="choices"),
        account_menu(view, country, t, waiting),
        _pages_of_group(entries, active, view, t),
    ]


def _groups(
    entries: Sequence[MenuEntry], active: MenuEntry | None, view: View, t: Translator
) -> list[Component]:
    """A way to the first page of each group."""
    first = {entry.group: entry for entry in reversed(entries)}
    return [
        _way(t(f"nav.group.{group}"), first[group], active is not None and active.group == group, view)
        for group in GROUPS
        if group in first
    ]


def _pages_of_group(
    entries: Sequence[MenuEntry], active: MenuEntry | None, view: View, t: Translator
) -> Component | None:
    """The pages of the group one is in, where there are several."""
    if active is None:
        return None
    pages = [entry for entry in entries if entry.group == active.group]
    links = [_way(t(f"nav.{entry.name}"), entry, entry is active, view) for entry in pages]
    label = t(f"nav.group.{active.group}")
    return html.Nav(links, className="ways within", **aria(label=label)) if len(links) > 1 else None


def _way(title: str, entry: MenuEntry, on: bool, view: View) -> Component:
    return dcc.Link(title, href=view.href(entry.address, indicator=None), className="on" if on else "")


def _languages(view: View, country: Country, t: Translator) -> Component:
    links = [
        dcc.Link(
            translator(language)("language.short"),
            href=view.href(lang=language),
            className="on" if language == view.language else "",
            title=translator(language)("language.name"),
        )
        for language in country.languages
    ]
    return html.Nav(links, className="languages", **aria(label=t("shell.languages")))


def _foot(country: Country, t: Translator) -> list[Component]:
    sources = [
        html.Li(
            [
                f"{t.name(a.what)}{t('format.colon')}",
                html.A(a.who, href=a.url, rel="noreferrer"),
                f" ({a.licence})",
            ]
        )
        for a in country.attribution
    ]
    return [
        html.P(t("shell.foot")),
        *([] if country.roles else [html.P(t("account.open"))]),
        html.Ul(sources) if sources else html.Span(),
    ]
