"""A column for each period, its parts one upon the other: how much there was, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from dashboards import theme
from dashboards.charts.drawing import element, percent_of, title

FOOT = 22  # pixels for the names of the periods
_TOP = 94  # percent of the room that the highest column takes


@dataclass(frozen=True)
class Column:
    """`parts` from the foot upwards, in the order of their colours; `labels` say each in words."""

    name: str
    parts: Sequence[int]
    labels: Sequence[str]


def columns(of: Sequence[Column], colours: Sequence[str], height: int) -> Element:
    """One column a period, oldest first, in pixels as high as said and as wide as it may be."""
    most = max([sum(column.parts) for column in of] + [1])
    step = 100 / max(len(of), 1)
    every = max(1, -(-len(of) // 6))
    room = height - FOOT
    drawn = []
    for place, column in enumerate(of):
        below = 0
        for n, colour, label in zip(column.parts, colours, column.labels, strict=True):
            tall = room * _TOP / 100 * n / most
            below += n
            drawn.append(
                element(
                    "rect",
                    title(label),
                    x=percent_of(step * (place + 0.15)),
                    y=f"{room - room * _TOP / 100 * below / most:.1f}",
                    width=percent_of(step * 0.7),
                    height=f"{tall:.1f}",
                    fill=colour,
                )
            )
        if (len(of) - 1 - place) % every == 0:
            name = {"x": percent_of(step * (place + 0.5)), "y": height - 6, "class_": "tick"}
            drawn.append(element("text", column.name, **name))
    foot = element("line", x1="0", x2="100%", y1=room, y2=room, stroke=theme.LINE)
    return element("svg", foot, *drawn, height=height)
