"""One frame for every chart: title, note, the picture and its meaning in words, its table, its download."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component

from dashboards.frame.aria import aria
from dashboards.frame.table import data_table
from dashboards.tables import Table
from dashboards.words import Words


def chart_frame(
    title: str,
    picture: Component | Sequence[Component],
    words: Words,
    *,
    id: str,
    note: Component | str | list[Any] | None = None,
    tag: Component | str | None = None,
    foot: Component | str | list[Any] | None = None,
    table: Table | None = None,
    download: str | None = None,
    wide: str = "",
) -> Component:
    """A card around one picture. `download` is the address of the same table as CSV."""
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
            _evidence(table, download, words) if table or download else None,
        ],
        className=f"card {wide}".strip(),
        id=id,
        **aria(labelledby=f"{id}-title"),
    )


def _evidence(table: Table | None, download: str | None, words: Words) -> Component:
    return html.Div(
        [
            html.Details([html.Summary(words("frame.table")), data_table(table, words)]) if table else None,
            html.A(words("frame.download"), href=download, download="", className="download")
            if download
            else None,
        ],
        className="evidence",
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
