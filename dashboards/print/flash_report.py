"""A flash sheet in words: what its printed page says, in HTML and PDF alike."""

import datetime as dt
from typing import Any

from countries.model import Country
from dashboards import theme
from dashboards.components.format_figure import percent_advanced
from dashboards.models.flash_report import AXES
from dashboards.models.flash_sheet import Axes, FlashSheet, SheetLine
from sala.translation.translator import Translator
from transforms.flash.flash_report import KINDS

SOON = dt.timedelta(days=7)


def sheet_text(sheet: FlashSheet, country: Country, t: Translator, today: dt.date) -> dict[str, Any]:
    """Everything that stands on the page, worded."""
    name = t.name(sheet.area.names, sheet.area.code)
    if sheet.administrator:
        name = f"{t.name(sheet.administrators[sheet.administrator], sheet.administrator)} · {name}"
    layer = sheet.layer(sheet.area.level)
    outlines = _outlines(sheet, t)
    lists = sheet.lines or sheet.below
    foot = [t("print.foot", day=t.date(today))]
    if country.sample:
        foot.insert(0, t("shell.sample"))
    return {
        "title": t("print.sheet", week=t.period(sheet.week)),
        "area": name,
        "dated": f"{t.date(sheet.starts_on)} – {t.date(sheet.ends_on)}"
        + (f" · {t.name(layer.names)}" if layer else ""),
        "outlines": outlines,
        "labels": [
            # the short names are broken for charts
            {
                "name": t(f"axis.{axis}.short").replace("<br>", " "),
                "value": percent_advanced(_advanced(sheet, axis), t),
            }
            for axis in AXES
        ],
        "columns": [outline["name"] for outline in outlines],
        "rows": [
            [t(f"axis.{axis}"), *(percent_advanced(outline["axes"][place], t) for outline in outlines)]
            for place, axis in enumerate(AXES)
        ],
        "note": _note(sheet, t),
        "nothing": t("flash.nothing"),
        "sections": [_section(kind, sheet, lists, t, today) for kind in KINDS],
        "foot": " ".join(foot),
    }


def _advanced(sheet: FlashSheet, axis: str) -> float | None:
    return sheet.axes.get(axis) if sheet.axes else None


def _outlines(sheet: FlashSheet, t: Translator) -> list[dict[str, Any]]:
    """The lines of the radar: the sheet itself first, then what was compiled, the other line, the week before."""
    lines: list[tuple[str, Axes | None, str, str]] = [
        ("flash.own", sheet.own, theme.ACCENT, "solid"),
        ("flash.compiled", sheet.compiled.axes if sheet.compiled else None, theme.ACCENT_LIGHT, "solid"),
        ("flash.administrators", sheet.administrators_mean, theme.MEN, "solid"),
        ("flash.before", sheet.before, theme.MUTED, "dashed"),
    ]
    present = [(key, axes, colour, dash) for key, axes, colour, dash in lines if axes is not None]
    return [
        {
            "name": t(key),
            "axes": [axes.get(axis) for axis in AXES],
            # whatever is drawn first is what the sheet says
            "colour": theme.ACCENT if place == 0 else colour,
            "dash": dash,
        }
        for place, (key, axes, colour, dash) in enumerate(present)
    ]


def _note(sheet: FlashSheet, t: Translator) -> str:
    parts = []
    if sheet.compiled:
        below = next((layer for layer in sheet.layers if layer.depth == sheet.area.depth + 1), None)
        parts.append(
            t(
                "flash.mean",
                n=sheet.compiled.expected,
                received=t.number(sheet.compiled.received),
                layers=t.within(below.plurals) if below else "",
            )
        )
        names = {child.code: t.name(child.names, child.code) for child in sheet.children}
        laggards = ", ".join(names.get(code, code) for code in sheet.compiled.laggards)
        if laggards:
            parts.append(t("flash.laggards", areas=laggards))
    if sheet.administrators_mean:
        reported = sum(one.axes is not None for one in sheet.administrator_reports)
        parts.append(
            t(
                "flash.administrators_reported",
                n=len(sheet.administrator_reports),
                received=t.number(reported),
            )
        )
    return " ".join(parts)


def _section(
    kind: str, sheet: FlashSheet, lists: tuple[SheetLine, ...], t: Translator, today: dt.date
) -> dict[str, Any]:
    lines = [line for line in lists if line.kind == kind]
    lines.sort(key=lambda line: (not line.sent, line.due or dt.date.max))
    return {
        "title": t(f"items.{kind}"),
        "count": t.number(len(lines)) if lines else "",
        "empty": t("items.none_of_kind"),
        "items": [_item(line, sheet, t, today) for line in lines],
        "more": [t("print.more", n=rest) for rest in range(1, len(lines) + 1)],
    }


def _item(line: SheetLine, sheet: FlashSheet, t: Translator, today: dt.date) -> dict[str, Any]:
    where = []
    if line.names != sheet.area.names and sheet.administrator is None:
        where.append(t.name(line.names, line.area))
    if line.sources:
        where.append(t("flash.from", n=len(line.sources)))
    needed = sheet.layer(line.needs_layer) if line.needs_layer else None
    if needed is not None:
        where.append(t("flash.needs", layer=t.name(needed.names)))
    urgent = "calm"
    if line.due is not None and line.kind != "done":
        left = (line.due - today).days
        urgent = "late" if left < 0 else "soon" if line.due - today <= SOON else "calm"
        where.append(t("flash.due", day=t.date(line.due, "short")))
    if not line.sent:
        where.append(t("flash.stays", reason=line.stays_because or t("flash.beyond")))
    return {"text": line.text, "where": " · ".join(where), "urgent": urgent, "stays": not line.sent}
