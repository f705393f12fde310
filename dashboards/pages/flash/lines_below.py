"""What the layer below sent for a list, those alike beside each other. A person ticks what belongs together, or not."""

from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboards.models.flash_sheet import SheetLine
from dashboards.pages.flash.field_ids import button_id
from sala.translation.translator import Translator
from transforms.flash.flash_report import FlashReport
from transforms.flash.similar_lines import similar_lines


def lines_below(kind: str, below: Sequence[SheetLine], draft: FlashReport, t: Translator) -> Component:
    """The lines that no entry of the draft has taken up yet, to be put together as one."""
    used = {source for entry in draft.entries for source in entry.sources}
    left = [line for line in below if line.item_id not in used]
    groups = similar_lines([line.text for line in left])
    group_of = {place: number for number, group in enumerate(groups) for place in group}
    order = sorted(range(len(left)), key=lambda place: (group_of.get(place, len(groups)), left[place].area))
    options = [_option(left[place], group_of.get(place), t) for place in order]
    ticks = [
        html.Button(
            t("sheet.tick_alike", n=len(group), number=t.number(number + 1)),
            id={
                "type": "flash-tick",
                "kind": kind,
                "ids": " ".join(str(left[place].item_id) for place in group),
            },
            className="quiet",
        )
        for number, group in enumerate(groups)
    ]
    group_button = html.Button(t("sheet.put_together"), id=button_id("group", kind), className="action")
    return html.Details(
        [
            html.Summary(t("sheet.from_below", n=len(left))),
            html.Div(ticks, className="ticks"),
            # Dash's own list says of each box that it is an option, which a box may not stand in
            dmc.CheckboxGroup(options, value=[], id={"type": "flash-pick", "kind": kind}, className="picks"),
            group_button if left else html.Span(),
        ],
        className="below",
        open=bool(groups),
    )


def _option(line: SheetLine, group: int | None, t: Translator) -> Component:
    """`group` is the place of the group of lines alike that it belongs to."""
    label = f"{line.text} — {t.name(line.names, line.area)}"
    if group is not None:
        label += f" ({t('sheet.alike', n=group + 1)})"
    return dmc.Checkbox(label=label, value=str(line.item_id))
