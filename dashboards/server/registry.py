"""The pages there are. Each registers itself, with its addresses and its place in the menu:

    @page("/items", "/items/<code>", menu=30)
    def items_page(view: View, country: Country, t: Translator, code: str | None = None) -> Page: ...

`discover` imports every module below `dashboards.pages`, and puts on the server what a module has besides: forms and
downloads as a Flask `blueprint`, callbacks by `register(app)`.
"""

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TypeVar

from dash import Dash
from flask import Flask
from werkzeug.routing import Map, Rule

import dashboards.pages
from dashboards.server.page import Page

PageMaker = TypeVar("PageMaker", bound=Callable[..., Page])
"""(view, country, t, **what stands in the address) → Page"""


@dataclass(frozen=True)
class MenuEntry:
    """A way to a page from every page; `nav.<name>` in the catalogues is its title."""

    position: int
    name: str
    address: str


routes = Map(strict_slashes=False)
makers: dict[str, Callable[..., Page]] = {}
_menu: list[MenuEntry] = []


def page(*addresses: str, menu: int | None = None, name: str = "") -> Callable[[PageMaker], PageMaker]:
    """Register a function that makes the page at these addresses, written as werkzeug's rules.

    With `menu` the first address stands in the menu, in the order of these numbers; `name` is the last part of the
    function's package where it is not said.
    """

    def register(maker: PageMaker) -> PageMaker:
        endpoint = f"{maker.__module__}.{maker.__name__}"
        makers[endpoint] = maker
        for address in addresses:
            routes.add(Rule(address, endpoint=endpoint))
        if menu is not None:
            _menu.append(MenuEntry(menu, name or maker.__module__.split(".")[-2], addresses[0]))
        return maker

    return register


def menu() -> list[MenuEntry]:
    """The entries of the menu, in their order."""
    return sorted(_menu, key=lambda entry: entry.position)


def discover(server: Flask, app: Dash) -> None:
    """Find all pages, with their forms, downloads and callbacks."""
    for found in pkgutil.walk_packages(dashboards.pages.__path__, "dashboards.pages."):
        module = import_module(found.name)
        if blueprint := getattr(module, "blueprint", None):
            server.register_blueprint(blueprint)
        if register := getattr(module, "register", None):
            register(app)
