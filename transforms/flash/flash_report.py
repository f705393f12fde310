"""A flash report (Annex 3 of the UNDG toolkit): five axes and four lists, the same at every layer.

A report becomes the two files that anybody could have sent: `flash_reports` and `flash_items`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from sala.errors import Invalid, Message
from validators.contracts.contract import contract

Kind = Literal["done", "next", "risk", "decision"]
KINDS: tuple[Kind, ...] = ("done", "next", "risk", "decision")
AXES = tuple(column.name for column in contract("flash_reports").typed("percent"))
OPEN_KINDS = ("risk", "decision")  # these travel


@dataclass(frozen=True)
class Entry:
    """A line of a list. `sources`: the lines below it was put together from; `stays_because`: why it is not sent on."""

    kind: Kind
    text: str
    needs_layer: str | None = None
    due: str | None = None  # ISO date
    origin: Literal["own", "compiled"] = "own"
    sources: tuple[int, ...] = ()
    stays_because: str | None = None


@dataclass(frozen=True)
class FlashReport:
    """One area's report, or one administrator's, for one week. An axis is a percentage, None while it is empty."""

    week: str
    area_code: str
    administrator: str | None = None
    axes: Mapping[str, float | None] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()

    @property
    def written(self) -> tuple[Entry, ...]:
        """The entries with a text."""
        return tuple(entry for entry in self.entries if entry.text.strip())

    def of(self, kind: str) -> tuple[Entry, ...]:
        """The entries of one list, in the order in which they were written."""
        return tuple(entry for entry in self.entries if entry.kind == kind)

    def with_entries(self, entries: tuple[Entry, ...]) -> FlashReport:
        """The report with these entries in the place of its own."""
        return replace(self, entries=entries)

    def as_json(self) -> dict[str, Any]:
        """Axes and entries, as a draft is stored; week, area and administrator are its key."""
        return {"axes": dict(self.axes), "entries": [asdict(entry) for entry in self.entries]}


def from_json(
    week: str, area_code: str, administrator: str | None, content: Mapping[str, Any]
) -> FlashReport:
    """The report that a draft holds."""
    entries = tuple(
        Entry(**(entry | {"sources": tuple(entry.get("sources") or ())}))
        for entry in content.get("entries", [])
    )
    return FlashReport(week, area_code, administrator, content.get("axes", {}), entries)


def check(report: FlashReport, items_per_list: int | None) -> None:
    """Whether a report can be submitted. Raises Invalid with the first thing that is missing."""
    missing = [axis for axis in AXES if report.axes.get(axis) is None]
    if missing:
        raise Invalid("flash_axes")
    for axis in AXES:
        if not 0 <= float(report.axes[axis] or 0) <= 100:
            raise Invalid("flash_range", axis=Message(f"axis.{axis}"))
    if not report.written:
        raise Invalid("flash_empty")
    seen: set[tuple[str, str]] = set()
    for entry in report.written:
        if (entry.kind, entry.text.strip()) in seen:
            raise Invalid("flash_twice", list=Message(f"items.{entry.kind}"))
        seen.add((entry.kind, entry.text.strip()))
    for kind in KINDS:
        sent = [entry for entry in report.written if entry.kind == kind and not entry.stays_because]
        if items_per_list and len(sent) > items_per_list:
            raise Invalid("flash_too_many", list=Message(f"items.{kind}"), most=items_per_list)


def as_files(report: FlashReport, written: datetime) -> tuple[bytes, bytes]:
    """The report as CSV files of `flash_reports` and of `flash_items`.

    `written` stands in a column for people, so that a report changed back to what it was before is a new file.
    """
    mark = "# written"
    key = {"week": report.week, "area_code": report.area_code, "administrator": report.administrator or ""}
    axes = key | {axis: _plain(report.axes[axis]) for axis in AXES} | {mark: written.isoformat()}
    items = [
        key
        | {
            "kind": entry.kind,
            "text": entry.text.strip(),
            "needs_layer": entry.needs_layer or "",
            "due": entry.due or "",
            "origin": entry.origin,
            "sources": " ".join(map(str, entry.sources)),
            "stays_because": entry.stays_because or "",
            mark: written.isoformat(),
        }
        for entry in report.written
    ]
    return (
        _csv([*contract("flash_reports").names, mark], [axes]),
        _csv([*contract("flash_items").names, mark], items),
    )


def _plain(percent: float | None) -> str:
    return f"{percent:g}" if percent is not None else ""


def _csv(columns: list[str], rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
