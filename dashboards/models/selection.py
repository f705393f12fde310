"""What of a mart is shown, as it stands in an address: pages, files and the API read the same words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from sala.errors import Invalid
from sql.dictionary import Mart

Shape = Literal["table", "line", "bars", "map", "pivot"]
SHAPES: tuple[Shape, ...] = get_args(Shape)
LONGEST_LIST = 3_000
"""Values of one column that an address may name."""

OPERATORS = (">=", "<=", ">", "<")
_RANGE = re.compile(r"([a-z_]+)(>=|<=|>|<)(-?\d+(?:\.\d+)?)")
_BEFORE, _CHANGE = "_before", "_change"


@dataclass(frozen=True)
class Limit:
    """What a measure is held against; a fraction as a fraction."""

    measure: str
    operator: str
    number: float

    def __str__(self) -> str:
        return f"{self.measure}{self.operator}{self.number:.10g}"


@dataclass(frozen=True)
class Selection:
    """Of one mart: the values of its dimensions (all, where one is not named), the measures, and in what shape.

    `known_at`: as it was known then; `compared_with`: an earlier moment, beside it, with the difference.
    """

    mart: Mart
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    within: str | None = None  # an area's code: it and what lies below it
    limits: tuple[Limit, ...] = ()
    measures: tuple[str, ...] = ()
    known_at: dt.datetime | None = None
    compared_with: dt.datetime | None = None
    shape: Shape = "table"
    across: str | None = (
        None  # the dimension whose values are the columns of a pivot, or the series of a chart
    )
    sort: str | None = None  # a column, with - before it for the largest first

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a row, in their order."""
        return (*self.keys, *(shown for measure in self.measures for shown in self.shown(measure)))

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that say what a row is about; its layer comes with the area."""
        level = ("area_level",) if "area_level" in self.mart.columns else ()
        return (*self.mart.dimensions, *level)

    def shown(self, measure: str) -> tuple[str, ...]:
        """The columns of a measure: itself, and compared with an earlier moment that and the difference."""
        return (measure, measure + _BEFORE, measure + _CHANGE) if self.compared_with else (measure,)

    def several(self, dimension: str) -> bool:
        """Whether rows differ in a dimension."""
        return len(self.values.get(dimension, ())) != 1

    @property
    def sort_column(self) -> str | None:
        """The column that rows are ordered by, if one was chosen."""
        return self.sort.removeprefix("-") if self.sort else None


def measure_of(column: str) -> str:
    """The measure of which a column shows the present, the earlier value or the difference."""
    return column.removesuffix(_BEFORE).removesuffix(_CHANGE)


def is_change(column: str) -> bool:
    """Whether a column is a difference between two moments."""
    return column.endswith(_CHANGE)


def parse(mart: Mart, pairs: Iterable[tuple[str, str]], measures: Sequence[str], timezone: str) -> Selection:
    """What an address says, one pair for each value; `measures` are shown where it names none.

    Raises Invalid, naming what may stand there.
    """
    said: dict[str, list[str]] = {}
    for name, value in pairs:
        said.setdefault(name, []).append(value)

    def one(name: str) -> str | None:
        return said[name][-1] if said.get(name) else None

    keys = (*mart.dimensions, "area_level") if "area_level" in mart.columns else mart.dimensions
    values = {name: tuple(dict.fromkeys(said[name])) for name in keys if name in said}
    for name, chosen in values.items():
        if len(chosen) > LONGEST_LIST:
            raise Invalid("selection", name=name, value=len(chosen), allowed=f"≤ {LONGEST_LIST}")
    known_at, compared = (_moment(name, one(name), timezone) for name in ("known_at", "compared_with"))
    if (known_at or compared) and mart.earlier is None:
        raise Invalid("no_earlier_states", mart=mart.name)
    selection = Selection(
        mart,
        values,
        one("within"),
        tuple(_limit(text, mart) for text in said.get("limit", ())),
        tuple(
            _allowed("measure", name, mart.measures) for name in dict.fromkeys(said.get("measure", measures))
        ),
        known_at,
        compared,
        _allowed("shape", one("shape") or "table", SHAPES),  # type: ignore[arg-type]
        _allowed("across", one("across"), mart.dimensions) if one("across") else None,
        one("sort"),
    )
    if selection.sort_column:
        _allowed("sort", selection.sort_column, selection.columns)
    return selection


def _limit(text: str, mart: Mart) -> Limit:
    parts = _RANGE.fullmatch(text)
    if parts is None or parts[1] not in mart.measures:
        raise Invalid("selection", name="limit", value=text, allowed="value>=0.2")
    return Limit(parts[1], parts[2], float(parts[3]))


def _moment(name: str, text: str | None, timezone: str) -> dt.datetime | None:
    """A moment; of a day its end, by the country's clock."""
    if text is None:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            day = dt.date.fromisoformat(text) + dt.timedelta(days=1)
            return dt.datetime.combine(day, dt.time(), ZoneInfo(timezone))
        moment = dt.datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(timezone))
    except (ValueError, OverflowError):
        raise Invalid("selection", name=name, value=text, allowed="2026-11-30") from None


def _allowed(name: str, value: str | None, allowed: Sequence[str]) -> str:
    if value not in allowed:
        raise Invalid("selection", name=name, value=value, allowed=", ".join(allowed))
    return str(value)
