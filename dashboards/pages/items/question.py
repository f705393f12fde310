"""The form with which an area asks a layer above it."""

from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboards.models.area import Area
from dashboards.models.reference import Layer
from sala.translation.translator import Translator


def question_form(area: Area, layers: Sequence[Layer], t: Translator) -> Component:
    """The question, and whom to ask: the layer right above first."""
    options = [
        {"value": layer.level, "label": t.name(layer.names)}
        for layer in reversed(layers)
        if layer.depth < area.depth
    ]
    return html.Section(
        [
            html.H2(t("items.ask")),
            dmc.Textarea(id="question", autosize=True, minRows=2, label=t("items.kind.question")),
            dmc.Select(
                id="question-to",
                data=options,
                value=options[0]["value"] if options else None,
                allowDeselect=False,
                label=t("sheet.who_settles"),
            ),
            html.Button(t("items.send_question"), id="question-send", className="action"),
        ],
        className="card ask",
    )
