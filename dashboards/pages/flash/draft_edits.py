"""What the buttons of the form do to a draft: a line added, taken over, put together or taken out; means as axes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboards.models.flash_report import AXES
from dashboards.models.flash_sheet import FlashSheet
from dashboards.pages.flash.models import FieldId, SheetOf, Written
from transforms.flash.flash_report import Entry, FlashReport

_PROPERTIES = {"text": "text", "layer": "needs_layer", "due": "due", "stays": "stays_because"}


def draft_of(values: list[Written], ids: list[FieldId], of: SheetOf) -> FlashReport:
    """The draft as it stands in the form's fields; `of` is the store that goes along with them."""
    draft = FlashReport(of.week, of.code, of.administrator, {}, tuple(of.entries))
    axes: dict[str, float | None] = {}
    changes: dict[int, dict[str, Any]] = {}
    for value, field in zip(values, ids, strict=True):
        if field.field == "axis":
            axes[str(field.n)] = value if isinstance(value, float) else None
        else:
            changes.setdefault(int(field.n), {})[_PROPERTIES[field.field]] = str(value) if value else None
    entries = tuple(
        replace(entry, **(changes.get(n, {}) | {"text": changes.get(n, {}).get("text") or ""}))
        for n, entry in enumerate(draft.entries)
    )
    return replace(draft, axes=axes, entries=entries)


def edited(
    draft: FlashReport, what: str, n: str, ticked: Mapping[Any, list[str]], sheet: FlashSheet
) -> FlashReport:
    """The draft after a button; `ticked` are the lines from below that are ticked, by list."""
    entries = draft.entries
    match what:
        case "add":
            return draft.with_entries((*entries, Entry(n, "")))  # type: ignore[arg-type]  # the button says its kind
        case "remove":
            return draft.with_entries(tuple(entry for place, entry in enumerate(entries) if place != int(n)))
        case "take":
            taken = [Entry("done", line.text) for line in sheet.planned if line.item_id == int(n)]
            return draft.with_entries((*entries, *taken))
        case "group":
            grouped = _grouped(n, ticked.get(n, []), sheet)
            return draft.with_entries((*entries, grouped)) if grouped else draft
        case "means":
            means = sheet.compiled.axes if sheet.compiled else {}
            axes = {axis: None if (mean := means.get(axis)) is None else round(mean, 1) for axis in AXES}
            return replace(draft, axes=axes)
    return draft


def _grouped(kind: str, ticked: list[str], sheet: FlashSheet) -> Entry | None:
    """One entry for the lines ticked: the first one's text, the nearest layer that is needed, the earliest day."""
    lines = [line for line in sheet.below if line.kind == kind and str(line.item_id) in ticked]
    if not lines:
        return None
    needed = {line.needs_layer for line in lines if line.needs_layer}
    above = [
        layer.level for layer in sheet.layers if layer.depth < sheet.area.depth and layer.level in needed
    ]
    return Entry(
        kind,  # type: ignore[arg-type]  # the warehouse holds no other kinds
        lines[0].text,
        above[-1] if above else None,
        min((line.due.isoformat() for line in lines if line.due), default=None),
        "compiled",
        tuple(line.item_id for line in lines),
    )
