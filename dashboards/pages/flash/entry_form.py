"""The form of a flash sheet: five axes and four lists. What is typed goes to the draft by `flash_callbacks`."""

from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.aria import aria
from dashboards.models.flash_report import AXES
from dashboards.pages.flash.models import Line, SheetFacts
from dashboards.print.flash_report import percent
from sala.translation.translator import Translator
from transforms.flash.flash_report import KINDS, OPEN_KINDS, Entry, FlashReport
from transforms.flash.similar_lines import similar_lines


def form(sheet: FlashReport, facts: SheetFacts, items_per_list: int | None, t: Translator) -> list[Component]:
    """The sheet as it is being written; what each line came from goes along in a store."""
    return [
        dcc.Store(
            id="flash-of",
            data={
                "week": sheet.week,
                "code": sheet.area_code,
                "administrator": sheet.administrator,
                "language": t.language,
                "entries": sheet.as_json()["entries"],
            },
        ),
        html.Div(
            [
                _axes(sheet, facts, t),
                *(_list(kind, sheet, facts, items_per_list, t) for kind in KINDS),
            ],
            className="sheet-form",
        ),
    ]


def _field(field: str, n: int | str) -> dict[str, int | str]:
    return {"type": "flash-field", "field": field, "n": n}


def _axes(sheet: FlashReport, facts: SheetFacts, t: Translator) -> Component:
    rows = []
    for axis in AXES:
        hints = []
        if facts.own_before is not None:
            hints.append(t("sheet.last_week", value=percent(facts.own_before.get(axis), t)))
        if facts.compiled is not None:
            low, high = facts.compiled.lowest.get(axis), facts.compiled.highest.get(axis)
            hints.append(
                t(
                    "sheet.below",
                    value=percent(facts.compiled.axes.get(axis), t),
                    low=t.number(low),
                    high=t.number(high),
                )
            )
        rows.append(
            dmc.NumberInput(
                id=_field("axis", axis),
                label=t(f"axis.{axis}"),
                description=" · ".join(hints) or None,
                value=sheet.axes.get(axis) if sheet.axes.get(axis) is not None else "",
                min=0,
                max=100,
                step=1,
                decimalScale=1,
                suffix=t("format.percent", number=""),
                size="md",
                className="axis-field",
            )
        )
    means = [
        html.Button(
            t("sheet.take_means"), id={"type": "flash-do", "what": "means", "n": ""}, className="quiet"
        )
    ]
    return html.Section(
        [html.Header(html.H2(t("sheet.axes"))), *rows, *(means if facts.compiled else [])],
        className="card axes",
        id="axes",
    )


def _list(kind: str, sheet: FlashReport, facts: SheetFacts, most: int | None, t: Translator) -> Component:
    entries = [(n, entry) for n, entry in enumerate(sheet.entries) if entry.kind == kind]
    sent = sum(1 for _, entry in entries if entry.text.strip() and not entry.stays_because)
    parts: list[Component] = [
        html.Header(
            [
                html.H2(t(f"items.{kind}")),
                html.Span(
                    t("sheet.sent", n=sent, most=t.number(most)) if most else "",
                    className="tag over" if most and sent > most else "tag",
                ),
            ]
        ),
        *(_entry(n, entry, facts, t) for n, entry in entries),
        html.Button(t("sheet.add"), id={"type": "flash-do", "what": "add", "n": kind}, className="action"),
    ]
    if kind == "done":
        parts += _offers(sheet, facts, t)
    if below := [line for line in facts.below if line.kind == kind]:
        parts.append(_from_below(kind, below, sheet, t))
    return html.Section(parts, className="card list", id=f"list-{kind}")


def _entry(n: int, entry: Entry, facts: SheetFacts, t: Translator) -> Component:
    parts: list[Component] = [
        dmc.Textarea(
            id=_field("text", n),
            value=entry.text,
            autosize=True,
            minRows=1,
            maxRows=8,
            **aria(label=t(f"items.{entry.kind}")),
        )
    ]
    more: list[Component] = []
    if entry.kind in OPEN_KINDS:
        above = [layer for layer in facts.layers if layer.depth < facts.area.depth]
        if above:
            options = [{"value": layer.level, "label": t.name(layer.names)} for layer in reversed(above)]
            more.append(
                dmc.Select(
                    id=_field("layer", n),
                    data=[{"value": "", "label": t("sheet.settled_here")}, *options],
                    value=entry.needs_layer or "",
                    allowDeselect=False,
                    size="xs",
                    label=t("sheet.who_settles"),
                )
            )
        more.append(
            dmc.DateInput(
                id=_field("due", n),
                value=entry.due,
                valueFormat="YYYY-MM-DD",
                clearable=True,
                clearButtonProps={"aria-label": t("sheet.no_due")},
                size="xs",
                label=t("sheet.due"),
            )
        )
    more.append(
        dmc.TextInput(
            id=_field("stays", n),
            value=entry.stays_because or "",
            size="xs",
            label=t("sheet.stays"),
            placeholder=t("sheet.is_sent"),
        )
    )
    parts.append(html.Div(more, className="entry-more"))
    if entry.sources:
        parts.append(html.P(t("flash.from", n=len(entry.sources)), className="note"))
    parts.append(
        html.Button(
            "×",
            id={"type": "flash-do", "what": "remove", "n": str(n)},
            className="remove",
            **aria(label=t("sheet.remove")),
        )
    )
    return html.Div(parts, className=f"entry {entry.origin}")


def _offers(sheet: FlashReport, facts: SheetFacts, t: Translator) -> list[Component]:
    """Last week's plan: what of it is done is taken over with one press."""
    said = {entry.text.strip() for entry in sheet.entries if entry.kind == "done"}
    left = [line for line in facts.planned if line.text.strip() not in said]
    if not left:
        return []
    return [
        html.H3(t("sheet.planned")),
        html.Ul(
            [
                html.Li(
                    [
                        html.Button(
                            t("sheet.is_done"),
                            id={"type": "flash-do", "what": "take", "n": str(line.item_id)},
                            className="quiet",
                        ),
                        html.Span(line.text),
                    ]
                )
                for line in left
            ],
            className="offers",
        ),
    ]


def _from_below(kind: str, below: Sequence[Line], sheet: FlashReport, t: Translator) -> Component:
    """What the layer below sent, those alike beside each other. A person ticks what belongs together, or does not."""
    used = {source for entry in sheet.entries for source in entry.sources}
    left = [line for line in below if line.item_id not in used]
    groups = similar_lines([line.text for line in left])
    place = {at: number for number, group in enumerate(groups) for at in group}
    order = sorted(range(len(left)), key=lambda at: (place.get(at, len(groups)), left[at].area))
    options = [
        {
            "value": str(left[at].item_id),
            "label": f"{left[at].text} — {t.name(left[at].names, left[at].area)}"
            + (f" ({t('sheet.alike', n=place[at] + 1)})" if at in place else ""),
        }
        for at in order
    ]
    tick = [
        html.Button(
            t("sheet.tick_alike", n=len(group), number=t.number(number + 1)),
            id={"type": "flash-tick", "kind": kind, "ids": " ".join(str(left[at].item_id) for at in group)},
            className="quiet",
        )
        for number, group in enumerate(groups)
    ]
    return html.Details(
        [
            html.Summary(t("sheet.from_below", n=len(left))),
            html.Div(tick, className="ticks"),
            dcc.Checklist(options, [], id={"type": "flash-pick", "kind": kind}, className="picks"),
            html.Button(
                t("sheet.put_together"),
                id={"type": "flash-do", "what": "group", "n": kind},
                className="action",
            )
            if left
            else html.Span(),
        ],
        className="below",
        open=bool(groups),
    )
