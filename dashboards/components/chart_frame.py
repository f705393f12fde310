"""One frame for every chart: title, note, the picture and its meaning in words, its table, its download."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.aria import aria
from dashboards.components.data_table_disclosure import data_table_disclosure
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


def graph(figure: go.Figure, name: str, alt: str, height: int, still: bool = False) -> Component:
    """A Plotly figure as a picture with a text; `still` leaves out hovering, for the smallest ones."""
    return html.Div(
        dcc.Graph(
            id={"type": "chart", "name": name},
            figure=figure,
            responsive=True,
            config={"displayModeBar": False, "staticPlot": still, "doubleClick": False, "scrollZoom": False},
            style={"height": f"{height}px"},
        ),
        role="img",
        className="graph",
        **aria(label=alt),
    )
