"""The way up from a page: a link for each step, and where one is."""

from collections.abc import Callable, Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.aria import aria
from dashboards.models.area import Area
from sala.translation.translator import Translator


def breadcrumb(steps: Sequence[tuple[str, str]], t: Translator, name: str = "", note: str = "") -> Component:
    """`steps` are (name, address) from the top down; `name` is the page's own, `note` stands after it."""
    parts: list[Any] = []
    for step, href in steps:
        parts += [html.I("›")] if parts else []
        parts.append(dcc.Link(step, href=href))
    if name:
        parts += [html.I("›")] if parts else []
        parts.append(html.B(name))
    if note:
        parts.append(html.Span(note))
    return html.Nav(parts, className="crumbs", **aria(label=t("crumbs.label")))


def area_breadcrumb(
    above: Sequence[Area], area: Area, href: Callable[[str], str], t: Translator, note: str = ""
) -> Component:
    """From the root down to an area; `href` gives the address of the same page for an area's code."""
    steps = [(t.name(step.names, step.code), href(step.code)) for step in above]
    return breadcrumb(steps, t, t.name(area.names, area.code), note)
