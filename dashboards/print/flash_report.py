"""A flash sheet in words: what its printed page says, in HTML and PDF alike."""

import datetime as dt
from typing import Any

from countries.model import Country
from dashboards import theme
from dashboards.models.flash_report import AXES
from dashboards.pages.flash.models import Axes, Line, SheetFacts
from sala.translation.translator import Translator

KINDS = ("done", "next", "risk", "decision")
SOON = dt.timedelta(days=7)


def sheet_words(facts: SheetFacts, country: Country, t: Translator, today: dt.date) -> dict[str, Any]:
    """Everything that stands on the page, worded."""
    name = t.name(facts.area.names, facts.area.code)
    if facts.administrator:
        name = f"{t.name(facts.administrators[facts.administrator], facts.administrator)} · {name}"
    layer = facts.layer(facts.area.level)
    outlines = _outlines(facts, t)
    lists = facts.lines or facts.below
    foot = [t("print.foot", day=t.date(today))]
    if country.sample:
        foot.insert(0, t("shell.sample"))
    return {
        "title": t("print.sheet", week=t.period(facts.week)),
        "area": name,
        "dated": f"{t.date(facts.starts_on)} – {t.date(facts.ends_on)}"
        + (f" · {t.name(layer.names)}" if layer else ""),
        "outlines": outlines,
        "labels": [
            # the short names are broken for charts
            {
                "name": t(f"axis.{axis}.short").replace("<br>", " "),
                "value": percent(_said(facts, axis), t),
            }
            for axis in AXES
        ],
        "columns": [outline["name"] for outline in outlines],
        "rows": [
            [t(f"axis.{axis}"), *(percent(outline["axes"][place], t) for outline in outlines)]
            for place, axis in enumerate(AXES)
        ],
        "note": _note(facts, t),
        "nothing": t("flash.nothing"),
        "sections": [_section(kind, facts, lists, t, today) for kind in KINDS],
        "foot": " ".join(foot),
    }


def _said(facts: SheetFacts, axis: str) -> float | None:
    return facts.axes.get(axis) if facts.axes else None


def percent(advanced: float | None, t: Translator) -> str:
    """Percent advanced as the language writes it."""
    return t.percent(None if advanced is None else advanced / 100)


def _outlines(facts: SheetFacts, t: Translator) -> list[dict[str, Any]]:
    """The lines of the radar: the sheet itself first, then what was compiled, the other line, the week before."""
    found: list[tuple[str, Axes | None, str, str]] = [
        ("flash.own", facts.own, theme.ACCENT, "solid"),
        ("flash.compiled", facts.compiled.axes if facts.compiled else None, theme.ACCENT_LIGHT, "solid"),
        ("flash.administrators", facts.others_mean, theme.MEN, "solid"),
        ("flash.before", facts.before, theme.MUTED, "dashed"),
    ]
    told = [(key, axes, colour, dash) for key, axes, colour, dash in found if axes is not None]
    return [
        {
            "name": t(key),
            "axes": [axes.get(axis) for axis in AXES],
            # whatever is drawn first is what the sheet says
            "colour": theme.ACCENT if place == 0 else colour,
            "dash": dash,
        }
        for place, (key, axes, colour, dash) in enumerate(told)
    ]


def _note(facts: SheetFacts, t: Translator) -> str:
    parts = []
    if facts.compiled:
        below = next((layer for layer in facts.layers if layer.depth == facts.area.depth + 1), None)
        parts.append(
            t(
                "flash.mean",
                n=facts.compiled.expected,
                received=t.number(facts.compiled.received),
                layers=t.within(below.plurals) if below else "",
            )
        )
        names = {child.code: t.name(child.names, child.code) for child in facts.children}
        laggards = ", ".join(names.get(code, code) for code in facts.compiled.laggards)
        if laggards:
            parts.append(t("flash.laggards", areas=laggards))
    if facts.others_mean:
        heard = sum(other.axes is not None for other in facts.others)
        parts.append(t("flash.heard", n=len(facts.others), received=t.number(heard)))
    return " ".join(parts)


def _section(
    kind: str, facts: SheetFacts, lists: tuple[Line, ...], t: Translator, today: dt.date
) -> dict[str, Any]:
    lines = [line for line in lists if line.kind == kind]
    lines.sort(key=lambda line: (not line.sent, line.due or dt.date.max))
    return {
        "title": t(f"items.{kind}"),
        "count": t.number(len(lines)) if lines else "",
        "empty": t("items.none_of_kind"),
        "items": [_item(line, facts, t, today) for line in lines],
        "more": [t("print.more", n=rest) for rest in range(1, len(lines) + 1)],
    }


def _item(line: Line, facts: SheetFacts, t: Translator, today: dt.date) -> dict[str, Any]:
    where = []
    if line.names != facts.area.names and facts.administrator is None:
        where.append(t.name(line.names, line.area))
    if line.sources:
        where.append(t("flash.from", n=len(line.sources)))
    needed = facts.layer(line.needs_layer) if line.needs_layer else None
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
