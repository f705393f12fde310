"""A flash sheet in words: what its printed page says, in HTML and PDF alike."""

import datetime as dt
from typing import Any

from countries.model import Country
from dashboards import theme
from dashboards.models.figures import AXES
from dashboards.pages.flash.models import Axes, Line, SheetFacts
from sala.translation.translator import Words

KINDS = ("done", "next", "risk", "decision")
SOON = dt.timedelta(days=7)


def sheet_words(facts: SheetFacts, country: Country, words: Words, today: dt.date) -> dict[str, Any]:
    """Everything that stands on the page, worded."""
    name = words.name(facts.area.names, facts.area.code)
    if facts.administrator:
        name = f"{words.name(facts.administrators[facts.administrator], facts.administrator)} · {name}"
    layer = facts.layer(facts.area.level)
    outlines = _outlines(facts, words)
    lists = facts.lines or facts.below
    foot = [words("print.foot", day=words.date(today))]
    if country.sample:
        foot.insert(0, words("shell.sample"))
    return {
        "title": words("print.sheet", week=words.period(facts.week)),
        "area": name,
        "dated": f"{words.date(facts.starts_on)} – {words.date(facts.ends_on)}"
        + (f" · {words.name(layer.names)}" if layer else ""),
        "outlines": outlines,
        "labels": [
            # the short names are broken for charts
            {
                "name": words(f"axis.{axis}.short").replace("<br>", " "),
                "value": percent(_said(facts, axis), words),
            }
            for axis in AXES
        ],
        "columns": [outline["name"] for outline in outlines],
        "rows": [
            [words(f"axis.{axis}"), *(percent(outline["axes"][place], words) for outline in outlines)]
            for place, axis in enumerate(AXES)
        ],
        "note": _note(facts, words),
        "nothing": words("flash.nothing"),
        "sections": [_section(kind, facts, lists, words, today) for kind in KINDS],
        "foot": " ".join(foot),
    }


def _said(facts: SheetFacts, axis: str) -> float | None:
    return facts.axes.get(axis) if facts.axes else None


def percent(advanced: float | None, words: Words) -> str:
    """Percent advanced as the language writes it."""
    return words.percent(None if advanced is None else advanced / 100)


def _outlines(facts: SheetFacts, words: Words) -> list[dict[str, Any]]:
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
            "name": words(key),
            "axes": [axes.get(axis) for axis in AXES],
            # whatever is drawn first is what the sheet says
            "colour": theme.ACCENT if place == 0 else colour,
            "dash": dash,
        }
        for place, (key, axes, colour, dash) in enumerate(told)
    ]


def _note(facts: SheetFacts, words: Words) -> str:
    parts = []
    if facts.compiled:
        below = next((layer for layer in facts.layers if layer.depth == facts.area.depth + 1), None)
        parts.append(
            words(
                "flash.mean",
                n=facts.compiled.expected,
                received=words.number(facts.compiled.received),
                layers=words.within(below.plurals) if below else "",
            )
        )
        names = {child.code: words.name(child.names, child.code) for child in facts.children}
        laggards = ", ".join(names.get(code, code) for code in facts.compiled.laggards)
        if laggards:
            parts.append(words("flash.laggards", areas=laggards))
    if facts.others_mean:
        heard = sum(other.axes is not None for other in facts.others)
        parts.append(words("flash.heard", n=len(facts.others), received=words.number(heard)))
    return " ".join(parts)


def _section(
    kind: str, facts: SheetFacts, lists: tuple[Line, ...], words: Words, today: dt.date
) -> dict[str, Any]:
    lines = [line for line in lists if line.kind == kind]
    lines.sort(key=lambda line: (not line.sent, line.due or dt.date.max))
    return {
        "title": words(f"items.{kind}"),
        "count": words.number(len(lines)) if lines else "",
        "empty": words("items.none_of_kind"),
        "items": [_item(line, facts, words, today) for line in lines],
        "more": [words("print.more", n=rest) for rest in range(1, len(lines) + 1)],
    }


def _item(line: Line, facts: SheetFacts, words: Words, today: dt.date) -> dict[str, Any]:
    where = []
    if line.names != facts.area.names and facts.administrator is None:
        where.append(words.name(line.names, line.area))
    if line.sources:
        where.append(words("flash.from", n=len(line.sources)))
    needed = facts.layer(line.needs_layer) if line.needs_layer else None
    if needed is not None:
        where.append(words("flash.needs", layer=words.name(needed.names)))
    urgent = "calm"
    if line.due is not None and line.kind != "done":
        left = (line.due - today).days
        urgent = "late" if left < 0 else "soon" if line.due - today <= SOON else "calm"
        where.append(words("flash.due", day=words.date(line.due, "short")))
    if not line.sent:
        where.append(words("flash.stays", reason=line.stays_because or words("flash.beyond")))
    return {"text": line.text, "where": " · ".join(where), "urgent": urgent, "stays": not line.sent}
