"""The radar of a flash report as points of an SVG around (0, 0)."""

from collections.abc import Mapping, Sequence
from math import cos, pi, sin
from typing import Any

RADIUS = 100
RINGS = (0.25, 0.5, 0.75, 1.0)
_BESIDE = 0.3  # a label whose axis points so far to a side stands beside its end


def radar_outline(
    labels: Sequence[Mapping[str, str]], outlines: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Rings, spokes, outlines and labels around (0, 0); axes are percentages, the first outline is filled."""
    count = len(labels)
    return {
        "rings": [_points([_at(i, count, ring) for i in range(count)]) for ring in RINGS],
        "spokes": [_at(i, count, 1) for i in range(count)],
        "outlines": [
            {
                "points": _points(
                    [
                        _at(i, count, percent / 100)
                        for i, percent in enumerate(outline["axes"])
                        if percent is not None
                    ]
                ),
                "colour": outline["colour"],
                "dash": outline["dash"],
                "filled": number == 0,
            }
            for number, outline in enumerate(outlines)
        ],
        "labels": [_label(i, count, label) for i, label in enumerate(labels)],
    }


def _label(i: int, count: int, label: Mapping[str, str]) -> dict[str, Any]:
    x, y = _at(i, count, 1.1)
    side = x / RADIUS
    anchor = "start" if side > _BESIDE else "end" if side < -_BESIDE else "middle"
    below = y > RADIUS / 2  # at the foot there is room only below
    return {"x": x, "y": round(y + (14 if below else -16), 1), "anchor": anchor, **label}


def _at(i: int, count: int, share: float) -> tuple[float, float]:
    turn = 2 * pi * i / count - pi / 2
    return round(RADIUS * share * cos(turn), 1), round(RADIUS * share * sin(turn), 1)


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)
