"""Figures of one period, in the slices that a data browser asks for, or all of them for a file."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Float, Select, String, cast, column, func, literal, select, table

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


def _condition(name: str, asked: Mapping[str, Any], language: str) -> ColumnElement[bool] | None:
    """One column's filter, as the grid words it; None for a kind that is not offered."""
    held = _name(language) if name == "area" else _VALUE.c[name]
    sought = asked.get("filter")
    if asked.get("filterType") == "number":
        held = cast(held, Float)
    operators = {
        "contains": lambda: cast(held, String).icontains(str(sought), autoescape=True),
        "equals": lambda: held == sought,
        "greaterThan": lambda: held > sought,
        "greaterThanOrEqual": lambda: held >= sought,
        "lessThan": lambda: held < sought,
        "lessThanOrEqual": lambda: held <= sought,
        "inRange": lambda: held.between(sought, asked.get("filterTo")),
        "blank": lambda: held.is_(None),
        "notBlank": lambda: held.is_not(None),
    }
    made = operators.get(str(asked.get("type")))
    return made() if made else None


def browse(
    period: str,
    level: str,
    language: str,
    start: int,
    end: int,
    filters: Mapping[str, Mapping[str, Any]],
    sorts: Sequence[Mapping[str, str]],
) -> tuple[list[dict[str, Any]], int]:
    """The figures from `start` up to `end`, and how many there are. Filters and sorts are AG Grid's."""
    known = {*COLUMNS, "area"}
    conditions = [_condition(name, asked, language) for name, asked in filters.items() if name in known]
    wanted = _figures(period, level).where(*(c for c in conditions if c is not None))
    order: list[ColumnElement[Any]] = []
    for asked in sorts:
        if asked["colId"] in known:
            by = _name(language) if asked["colId"] == "area" else _VALUE.c[asked["colId"]]
            order.append(by.desc().nulls_last() if asked["sort"] == "desc" else by.asc().nulls_last())
    order += [_VALUE.c.area_code, _VALUE.c.indicator, _VALUE.c.sex]
    with acting() as connection:
        count = connection.execute(select(func.count()).select_from(wanted.subquery())).scalar_one()
        page = (
            wanted.add_columns(_name(language).label("area"))
            .order_by(*order)
            .offset(start)
            .limit(end - start)
        )
        found = [dict(row) for row in connection.execute(page).mappings()]
    for row in found:
        row["known_from"] = row["known_from"].isoformat(timespec="seconds")
        row.update({name: None if row[name] is None else float(row[name]) for name in _NUMBERS})
    return found, int(count)


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
