"""Figures of one period, in the slices that a data browser asks for, or all of them for a file."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Float, Select, String, cast, column, func, literal, select, table

from dashboards.pages.data.models import Condition, Sort
from dashboards.server.current_user import acting

COLUMNS = (
    "indicator",
    "area_code",
    "area_level",
    "period",
    "sex",
    "numerator",
    "denominator",
    "value",
    "lower_bound",
    "upper_bound",
    "completeness",
    "status",
    "known_from",
)
_NUMBERS = {"numerator", "denominator", "value", "lower_bound", "upper_bound", "completeness"}
_VALUE = table("indicator_value", *(column(name) for name in (*COLUMNS, "age_group")), schema="mart")
_AREA = table("area", *(column(name) for name in ("area_code", "names", "valid_to")), schema="mart")
_SLICE = 20_000


def _name(language: str) -> ColumnElement[Any]:
    """The area's name; a code that stood for several areas in turn gives its newest name."""
    names = (
        select(_AREA.c.names)
        .where(_AREA.c.area_code == _VALUE.c.area_code)
        .order_by(_AREA.c.valid_to.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(names.op("->>")(literal(language, String)), names.op("->>")(literal("en", String)))


def _figures(period: str, level: str) -> Select[Any]:
    shown = [_VALUE.c[name] for name in COLUMNS]
    return select(*shown).where(
        _VALUE.c.period == period, _VALUE.c.area_level == level, _VALUE.c.age_group == "_T"
    )


def _condition(name: str, condition: Condition, language: str) -> ColumnElement[bool] | None:
    """One column's filter, as the grid words it; None for a kind that is not offered."""
    column_value = _name(language) if name == "area" else _VALUE.c[name]
    value = condition.filter
    if condition.filterType == "number":
        column_value = cast(column_value, Float)
    operators = {
        "contains": lambda: cast(column_value, String).icontains(str(value), autoescape=True),
        "equals": lambda: column_value == value,
        "greaterThan": lambda: column_value > value,
        "greaterThanOrEqual": lambda: column_value >= value,
        "lessThan": lambda: column_value < value,
        "lessThanOrEqual": lambda: column_value <= value,
        "inRange": lambda: column_value.between(value, condition.filterTo),
        "blank": lambda: column_value.is_(None),
        "notBlank": lambda: column_value.is_not(None),
    }
    made = operators.get(condition.type)
    return made() if made else None


def browse(
    period: str,
    level: str,
    language: str,
    start: int,
    end: int,
    filters: Mapping[str, Condition],
    sorts: Sequence[Sort],
) -> tuple[list[dict[str, Any]], int]:
    """The figures from `start` up to `end`, and how many there are. Filters and sorts are AG Grid's."""
    columns = {*COLUMNS, "area"}
    conditions = [
        _condition(name, condition, language) for name, condition in filters.items() if name in columns
    ]
    wanted = _figures(period, level).where(*(c for c in conditions if c is not None))
    order: list[ColumnElement[Any]] = []
    for sort in sorts:
        if sort.colId in columns:
            by = _name(language) if sort.colId == "area" else _VALUE.c[sort.colId]
            order.append(by.desc().nulls_last() if sort.sort == "desc" else by.asc().nulls_last())
    order += [_VALUE.c.area_code, _VALUE.c.indicator, _VALUE.c.sex]
    with acting() as connection:
        count = connection.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()
        page = (
            wanted.add_columns(_name(language).label("area"))
            .order_by(*order)
            .offset(start)
            .limit(end - start)
        )
        figures = [dict(row) for row in connection.execute(page).mappings()]
    for row in figures:
        row["known_from"] = row["known_from"].isoformat(timespec="seconds")
        row.update({name: None if row[name] is None else float(row[name]) for name in _NUMBERS})
    return figures, int(count)


def everything(period: str, level: str | None) -> Iterator[Sequence[tuple[Any, ...]]]:
    """All figures of a period, at one layer or at all, as rows of COLUMNS, slice by slice."""
    shown = [_VALUE.c[name] for name in COLUMNS]
    wanted = select(*shown).where(_VALUE.c.period == period, _VALUE.c.age_group == "_T")
    if level is not None:
        wanted = wanted.where(_VALUE.c.area_level == level)
    with acting() as connection:
        streamed = connection.execution_options(stream_results=True, max_row_buffer=_SLICE).execute(wanted)
        for part in streamed.partitions(_SLICE):
            yield [tuple(row) for row in part]
