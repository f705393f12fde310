"""The form of a flash sheet: five axes and four lists. What is typed is kept as a draft by `callbacks`."""

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.format_figure import percent_advanced
from dashboards.models.flash_report import AXES
from dashboards.models.flash_sheet import FlashSheet
from dashboards.pages.flash.field_ids import button_id, field_id
from dashboards.pages.flash.form_lists import form_list
from sala.translation.translator import Translator
from transforms.flash.flash_report import KINDS, FlashReport


def form(draft: FlashReport, sheet: FlashSheet, items_per_list: int | None, t: Translator) -> list[Component]:
    """The sheet as it is being written; what each line came from goes along in a store."""
    return [
        dcc.Store(
            id="flash-of",
            data={
                "week": draft.week,
                "code": draft.area_code,
                "administrator": draft.administrator,
                "language": t.language,
                "entries": draft.as_json()["entries"],
            },
        ),
        html.Div(
            [_axes(draft, sheet, t), *(form_list(kind, draft, sheet, items_per_list, t) for kind in KINDS)],
            className="sheet-form",
        ),
    ]


def _axes(draft: FlashReport, sheet: FlashSheet, t: Translator) -> Component:
    parts: list[Component] = [html.Header(html.H2(t("sheet.axes")))]
    parts += [_axis(axis, draft, sheet, t) for axis in AXES]
    if sheet.compiled:
        parts.append(html.Button(t("sheet.take_means"), id=button_id("means"), className="quiet"))
    return html.Section(parts, className="card axes", id="axes")


def _axis(axis: str, draft: FlashReport, sheet: FlashSheet, t: Translator) -> Component:
    """A percentage to fill in, beside last week's and the mean of the sheets below."""
    hints = []
    if sheet.own_before is not None:
        hints.append(t("sheet.last_week", value=percent_advanced(sheet.own_before.get(axis), t)))
    if sheet.compiled is not None:
        hints.append(
            t(
                "sheet.below",
                value=percent_advanced(sheet.compiled.axes.get(axis), t),
                low=t.number(sheet.compiled.lowest.get(axis)),
                high=t.number(sheet.compiled.highest.get(axis)),
            )
        )
    value = draft.axes.get(axis)
    return dmc.NumberInput(
        id=field_id("axis", axis),
        label=t(f"axis.{axis}"),
        description=" · ".join(hints) or None,
        value="" if value is None else value,
        min=0,
        max=100,
        clampBehavior="none",  # what is out of range is refused when it is filed, and never another number
        step=1,
        decimalScale=1,
        suffix=t("format.percent", number=""),
        size="md",
        className="axis-field",
    )
