"""One frame for every chart: title, note, the picture and its meaning in words, its table, its download."""

from collections.abc import Sequence
from typing import Any
from xml.etree.ElementTree import Element

from dash import html
from dash.development.base_component import Component

from dashboards.charts.drawing import markup
from dashboards.components.aria import aria
from dashboards.components.data_table_disclosure import data_table_disclosure
from dashboards.components.drawn import Drawn
from sala.translation.translator import Translator


def chart_frame(
    title: str,
    picture: Component | Sequence[Component],
    t: Translator,
    *,
    id: str,
    note: Component | str | list[Any] | None = None,
    tag: Component | str | None = None,
    foot: Component | str | list[Any] | None = None,
    download: str | None = None,
    table: bool = True,
    wide: str = "",
) -> Component:
    """A card around one picture. `download` is the address of its table, which opens here if `table`."""
    return html.Section(
        [
            html.Header(
                [
                    html.H2(title, id=f"{id}-title"),
                    html.Div(tag, className="tag") if tag is not None else None,
                ]
            ),
            html.P(note, className="note") if note is not None else None,
            picture if isinstance(picture, Component) else html.Div(list(picture)),
            html.P(foot, className="note foot") if foot is not None else None,
            data_table_disclosure(download, t, table) if download else None,
        ],
        className=f"card {wide}".strip(),
        id=id,
        **aria(labelledby=f"{id}-title"),
    )


def graph(drawing: Element, alt: str, height: int | None = None) -> Component:
    """A drawing as a picture with a text, in pixels as high as it is said or as it is itself."""
    return html.Div(
        Drawn(markup(drawing)),
        role="img",
        className="graph",
        style={"height": f"{height}px"} if height else None,
        **aria(label=alt),
    )
