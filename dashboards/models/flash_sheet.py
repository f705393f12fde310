"""A flash sheet as its page, print and PDF show it: plain objects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from dashboards.models.area import Area
from dashboards.models.flash_report import AXES
from dashboards.models.reference import Layer

Axes = Mapping[str, float | None]


@dataclass(frozen=True)
class SheetLine:
    """A line of a sheet's lists, as it was filed. `names` are its area's, or its administrator's."""

    item_id: int
    area: str
    names: dict[str, str]
    kind: str
    text: str
    needs_layer: str | None
    due: dt.date | None
    origin: str
    sources: tuple[int, ...]
    stays_because: str | None
    sent: bool
    travels_as: int | None


@dataclass(frozen=True)
class Reporter:
    """Who reports in a week: a child area, or an administrator. `filed` is false where it was compiled for them."""

    code: str
    names: dict[str, str]
    axes: Axes | None
    filed: bool


@dataclass(frozen=True)
class CompiledAxes:
    """The mean over those who reported, with its range by axis and those furthest behind."""

    axes: Axes
    lowest: Axes
    highest: Axes
    laggards: tuple[str, ...]
    received: int
    expected: int


@dataclass(frozen=True)
class FlashSheet:
    """One sheet: an area's, or one administrator's, for one week."""

    area: Area
    above: tuple[Area, ...]
    week: str
    starts_on: dt.date
    ends_on: dt.date
    layers: tuple[Layer, ...]
    administrator: str | None
    administrators: dict[str, dict[str, str]]  # code → names
    own: Axes | None
    own_before: Axes | None
    compiled: CompiledAxes | None
    compiled_before: Axes | None
    lines: tuple[SheetLine, ...]  # of this sheet
    planned: tuple[SheetLine, ...]  # last week's `next` of this sheet
    children: tuple[Reporter, ...]  # empty where nobody below files a sheet
    administrator_reports: tuple[Reporter, ...]  # the administrators that file at this area
    administrators_mean: Axes | None
    below: tuple[SheetLine, ...]  # what the children, and the administrators, sent

    @property
    def axes(self) -> Axes | None:
        """Those of the sheet itself, or else what was compiled for it."""
        return self.own or (self.compiled.axes if self.compiled else None)

    @property
    def before(self) -> Axes | None:
        """The week before, from the same origin."""
        return self.own_before if self.own else self.compiled_before

    def of(self, kind: str) -> tuple[SheetLine, ...]:
        """The lines of one list, in the order of the sheet."""
        return tuple(line for line in self.lines if line.kind == kind)

    def layer(self, level: str) -> Layer | None:
        """A layer of the country by its level."""
        return next((layer for layer in self.layers if layer.level == level), None)


def axes_of(row: Mapping[str, float | None] | None) -> Axes | None:
    """The five axes of a row of the warehouse, in percent."""
    return None if row is None else {axis: row[axis] for axis in AXES}
