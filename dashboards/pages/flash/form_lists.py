"""A list of the form of a flash sheet: its lines, each to be written, and the buttons for more."""

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboards.components.aria import aria
from dashboards.models.flash_sheet import FlashSheet
from dashboards.pages.flash.field_ids import button_id, field_id
from dashboards.pages.flash.lines_below import lines_below
from sala.translation.translator import Translator
from transforms.flash.flash_report import OPEN_KINDS, Entry, FlashReport


def form_list(kind: str, draft: FlashReport, sheet: FlashSheet, most: int | None, t: Translator) -> Component:
    """`most` is how many lines of a list are sent up."""
    entries = [(n, entry) for n, entry in enumerate(draft.entries) if entry.kind == kind]
    sent = sum(1 for _, entry in entries if entry.text.strip() and not entry.stays_because)
    count = html.Span(
        t("sheet.sent", n=sent, most=t.number(most)) if most else "",
        className="tag over" if most and sent > most else "tag",
    )
    parts: list[Component] = [
        html.Header([html.H2(t(f"items.{kind}")), count]),
        *(_entry(n, entry, sheet, t) for n, entry in entries),
        html.Button(t("sheet.add"), id=button_id("add", kind), className="action"),
    ]
    if kind == "done":
        parts += _planned(draft, sheet, t)
    if below := [line for line in sheet.below if line.kind == kind]:
        parts.append(lines_below(kind, below, draft, t))
    return html.Section(parts, className="card list", id=f"list-{kind}")


def _entry(n: int, entry: Entry, sheet: FlashSheet, t: Translator) -> Component:
    """One line: its text, who can settle it and by when, why it is not sent up."""
    stays = dmc.TextInput(
        id=field_id("stays", n),
        value=entry.stays_because or "",
        size="xs",
        label=t("sheet.stays"),
        placeholder=t("sheet.is_sent"),
    )
    more = [*(_settling(n, entry, sheet, t) if entry.kind in OPEN_KINDS else []), stays]
    parts: list[Component] = [
        dmc.Textarea(
            id=field_id("text", n),
            value=entry.text,
            autosize=True,
            minRows=1,
            maxRows=8,
            **aria(label=t(f"items.{entry.kind}")),
        ),
        html.Div(more, className="entry-more"),
    ]
    if entry.sources:
        parts.append(html.P(t("flash.from", n=len(entry.sources)), className="note"))
    parts.append(
        html.Button("×", id=button_id("remove", str(n)), className="remove", **aria(label=t("sheet.remove")))
    )
    return html.Div(parts, className=f"entry {entry.origin}")


def _settling(n: int, entry: Entry, sheet: FlashSheet, t: Translator) -> list[Component]:
    """Of a risk or a decision: the layer that can settle it, and the day by which."""
    fields: list[Component] = []
    if above := [layer for layer in sheet.layers if layer.depth < sheet.area.depth]:
        options = [{"value": layer.level, "label": t.name(layer.names)} for layer in reversed(above)]
        fields.append(
            dmc.Select(
                id=field_id("layer", n),
                data=[{"value": "", "label": t("sheet.settled_here")}, *options],
                value=entry.needs_layer or "",
                allowDeselect=False,
                size="xs",
                label=t("sheet.who_settles"),
            )
        )
    fields.append(
        dmc.DateInput(
            id=field_id("due", n),
            value=entry.due,
            valueFormat="YYYY-MM-DD",
            clearable=True,
            clearButtonProps={"aria-label": t("sheet.no_due")},
            size="xs",
            label=t("sheet.due"),
        )
    )
    return fields


def _planned(draft: FlashReport, sheet: FlashSheet, t: Translator) -> list[Component]:
    """Last week's plan: what of it is done is taken over with one press."""
    done = {entry.text.strip() for entry in draft.entries if entry.kind == "done"}
    left = [line for line in sheet.planned if line.text.strip() not in done]
    if not left:
        return []
    offers = [
        html.Li(
            [
                html.Button(t("sheet.is_done"), id=button_id("take", str(line.item_id)), className="quiet"),
                html.Span(line.text),
            ]
        )
        for line in left
    ]
    return [html.H3(t("sheet.planned")), html.Ul(offers, className="offers")]
