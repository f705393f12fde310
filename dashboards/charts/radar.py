"""The five axes of a flash report as a radar, with the week before it dashed."""

from typing import Any
from xml.etree.ElementTree import Element

from dashboards import theme
from dashboards.charts.drawing import element
from dashboards.charts.radar_outline import radar_outline
from dashboards.models.flash_report import AXES, Flash
from sala.translation.translator import Translator

LINE = 15  # between lines of a label


def radar(now: Flash, before: Flash | None, t: Translator) -> Element:
    """Percent advanced (0–100) on each axis; the label carries the value and the change since last week."""
    outlines = [{"axes": _shares(now), "colour": theme.ACCENT, "dash": None}]
    if before is not None:
        outlines.append({"axes": _shares(before), "colour": theme.MUTED, "dash": "3 4"})
    drawn = radar_outline([_label(axis, now, before, t) for axis in AXES], outlines)
    return element(
        "svg",
        *(element("polygon", points=ring, fill="none", stroke=theme.LINE) for ring in drawn["rings"]),
        *(element("line", x2=x, y2=y, stroke=theme.LINE) for x, y in drawn["spokes"]),
        *map(_outline, reversed(drawn["outlines"])),
        *(part for label in drawn["labels"] for part in _texts(label)),
        viewBox="-205 -160 410 300",
        class_="radar",
    )


def _shares(flash: Flash) -> list[float | None]:
    return [flash.axes.get(axis) for axis in AXES]


def _outline(outline: dict[str, Any]) -> Element:
    return element(
        "polygon",
        points=outline["points"],
        fill="rgba(15,107,107,0.16)" if outline["filled"] else "none",
        stroke=outline["colour"],
        stroke_width=2,
        stroke_dasharray=outline["dash"],
    )


def _texts(label: dict[str, Any]) -> list[Element]:
    place = {"x": label["x"], "text_anchor": label["anchor"]}
    lines = [*label["name"].split("<br>"), label["value"]]
    first = label["y"] if label["y"] > 0 else label["y"] - LINE * (len(lines) - 2)
    return [
        element(
            "text",
            line,
            y=round(first + LINE * i, 1),
            fill=None if i < len(lines) - 1 else theme.MUTED,
            **place,
        )
        for i, line in enumerate(lines)
    ]


def _label(axis: str, now: Flash, before: Flash | None, t: Translator) -> dict[str, str]:
    share, earlier = now.axes.get(axis), before.axes.get(axis) if before else None
    value = "–" if share is None else t.percent(share / 100)
    if share is not None and earlier is not None:
        value += f" ({t.points(share / 100, earlier / 100)})"
    return {"name": t(f"axis.{axis}.short"), "value": value}
