"""The pages there are. Each registers itself, with its addresses, who may open it, and its place in the menu:

    @page("/items", "/items/<code>", menu=30, group="committee")
    def items_page(view: View, country: Country, t: Translator, code: str | None = None) -> Page: ...

`discover` imports every module of a package of pages, and puts on the server what a module has besides: forms and
downloads as a Flask `blueprint`, callbacks by `register(app)`.
"""

import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any, Literal, TypeVar, get_args

from dash import Dash
from flask import Flask
from werkzeug.routing import Map, Rule

from countries.declarations.roles import Action
from dashboards.server.page import Page
from transforms.identity.person import Person

Group = Literal["figures", "reporting", "committee", "money", "data"]
GROUPS: tuple[Group, ...] = get_args(Group)
"""The menu, by who comes for it; `nav.group.<group>` in the catalogues is its title."""

HOME = "/home"
"""What waits for whoever is signed in; it stands at the first address of the server too."""

PageMaker = TypeVar("PageMaker", bound=Callable[..., Page])
"""(view, country, t, **what stands in the address) → Page"""
May = Action | Callable[[Person], bool] | None
"""Who may open a page: whoever may do this, whoever it is true of, or everybody."""


@dataclass(frozen=True)
class Route:
    """A page: what makes it, and who may open it."""

    maker: Callable[..., Page]
    may: May = None
    about: Callable[..., object] | None = None
    """Raises a refusal where nothing stands at the address, by the country and what stands in its blanks."""

    def is_open_to(self, person: Person) -> bool:
        """Whether this person may open it; of an area in the address more may be asked."""
        if self.may is None:
            return True
        return self.may(person) if callable(self.may) else self.may in person.actions


@dataclass(frozen=True)
class MenuEntry:
    """A way to a page from every page; `nav.<name>` in the catalogues is its title."""

    position: int
    group: Group
    name: str
    address: str
    route: Route


routes = Map(strict_slashes=False)
_routes: dict[str, Route] = {}
_menu: list[MenuEntry] = []


def page(
    *addresses: str,
    menu: int | None = None,
    group: Group = "data",
    name: str = "",
    may: May = None,
    about: Callable[..., object] | None = None,
) -> Callable[[PageMaker], PageMaker]:
    """Register a function that makes the page at these addresses, written as werkzeug's rules.

    With `menu` the first address stands in its group of the menu, in the order of these numbers, for those who may open
    it; `name` is the last part of the function's package where it is left out.
    """

    def register(maker: PageMaker) -> PageMaker:
        endpoint = f"{maker.__module__}.{maker.__name__}"
        route = _routes[endpoint] = Route(maker, may, about)
        for address in addresses:
            routes.add(Rule(address, endpoint=endpoint))
        if menu is not None:
            _menu.append(MenuEntry(menu, group, name or maker.__module__.split(".")[-2], addresses[0], route))
        return maker

    return register


def match(path: str) -> tuple[Route, dict[str, Any]]:
    """The route of an address, and what stands in its blanks. Raises werkzeug's NotFound."""
    endpoint, values = routes.bind("").match(path)
    return _routes[endpoint], dict(values)


def is_page(rule: str) -> bool:
    """Whether a page stands at a rule, whatever its blanks are called: a page of every account is none at /invite."""
    return _without_names(rule) in {_without_names(each.rule) for each in routes.iter_rules()}


def _without_names(rule: str) -> str:
    return re.sub("<[^>]*>", "<>", rule)


def menu(person: Person) -> list[MenuEntry]:
    """The entries of this person's menu, group by group in their order."""
    entries = [entry for entry in _menu if entry.route.is_open_to(person)]
    return sorted(entries, key=lambda entry: (GROUPS.index(entry.group), entry.position))


def discover(pages: ModuleType, server: Flask, app: Dash) -> None:
    """Find all pages of a package, with their forms, downloads and callbacks."""
    for info in pkgutil.walk_packages(pages.__path__, f"{pages.__name__}."):
        module = import_module(info.name)
        if blueprint := getattr(module, "blueprint", None):
            server.register_blueprint(blueprint)
        if register := getattr(module, "register", None):
            register(app)
