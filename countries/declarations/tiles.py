"""The map that fits on a phone."""

from collections.abc import Mapping
from typing import NamedTuple, Self

from pydantic import Field, model_validator

from countries.declarations.declared import Declared


class Tile(NamedTuple):
    """Where an area is drawn, column and row both from 0 at the top left, and the label on it."""

    column: int
    row: int
    label: str


class TileGrid(Declared):
    """A map that fits on a phone: areas drawn as equal tiles, each word of the drawing one label."""

    layer: str
    drawing: str = Field(description="a line a row, labels between blanks, dots for empty places")
    labels: Mapping[str, str] = Field(description="label in the drawing → area code")

    @model_validator(mode="after")
    def _drawing_and_labels_agree(self) -> Self:
        drawn = [word for word in self.drawing.split() if word.strip(".")]
        if twice := {word for word in drawn if drawn.count(word) > 1}:
            raise ValueError(f"drawn twice: {', '.join(sorted(twice))}")
        if odd := set(drawn) ^ set(self.labels):
            raise ValueError(f"in the drawing or among the labels, but not in both: {', '.join(sorted(odd))}")
        return self

    def places(self) -> dict[str, Tile]:
        """Area code → column and row, both from 0 at the top left, and label."""
        rows = [line.split() for line in self.drawing.strip().splitlines()]
        return {
            self.labels[label]: Tile(column, row, label)
            for row, labels in enumerate(rows)
            for column, label in enumerate(labels)
            if label.strip(".")
        }
