"""The statement behind what is shown of a mart: pages run it, readers copy it, files are written from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import (
    Connection,
    FromClause,
    Select,
    and_,
    column,
    func,
    literal,
    nulls_last,
    select,
    table,
    text,
)
from sqlalchemy.dialects import postgresql

from countries.period import Period
from dashboards.models.selection import Selection
from dashboards.server.current_user import acting
from sala.errors import NotFound
from sql.dictionary import Mart, marts

_SLICE = 5_000
_TOTAL = "rows in all"
_NUMERIC = """
SELECT a.attname::text FROM pg_catalog.pg_attribute a
WHERE a.attrelid = to_regclass('mart.' || quote_ident(:mart)) AND a.attnum > 0
  AND a.atttypid::regtype::text IN ('bigint', 'integer', 'smallint', 'numeric', 'double precision', 'real')
"""
_AREA = table("area", *map(column, ("area_code", "tree_left", "tree_right", "valid_to")), schema="mart")
_Rows = TypeVar("_Rows", bound=Select[Any])


@cache
def explored() -> dict[str, Mart]:
    """The marts that readers choose from, by name."""
    return {mart.name: mart for mart in marts() if mart.explored}


def explored_mart(name: str) -> Mart:
    """One of them. Raises NotFound."""
    if (mart := explored().get(name)) is None:
        raise NotFound("unknown_mart", what=name, marts=", ".join(explored()))
    return mart


def numeric(connection: Connection, mart: Mart) -> tuple[str, ...]:
    """The measures of a mart that are numbers, in its order."""
    numbers = set(connection.execute(text(_NUMERIC), {"mart": mart.name}).scalars())
    return tuple(name for name in mart.measures if name in numbers)


def values(
    connection: Connection, mart: Mart, area_code: str, periods: Sequence[str]
) -> dict[str, list[str]]:
    """Dimension → the values that it has at one area in some periods; areas and periods themselves are left out."""
    names = [name for name in mart.dimensions if name not in ("area_code", "period")]
    if not names or not periods:
        return {}
    source = _source(mart, None)
    lists = select(*(func.array_agg(source.c[name].distinct()).label(name) for name in names)).where(
        source.c.area_code == area_code, source.c.period.in_(periods)
    )
    found = connection.execute(lists).mappings().one()
    return {name: [value for value in found[name] or () if value is not None] for name in names}


def statement(selection: Selection) -> Select[Any]:
    """The rows of a selection, in its columns; without an order."""
    if selection.compared_with is None:
        rows = _source(selection.mart, selection.known_at)
        shown = [rows.c[name] for name in selection.columns]
        return _narrowed(select(*shown), rows, selection)
    later, earlier = (
        _narrowed(
            select(*(rows.c[name] for name in (*selection.keys, *selection.measures))), rows, selection
        ).subquery(name)
        for name, moment in (("later", selection.known_at), ("earlier", selection.compared_with))
        for rows in (_source(selection.mart, moment),)
    )
    same = and_(*(later.c[name] == earlier.c[name] for name in selection.keys))
    both = later.join(earlier, same, full=True)
    keys = [func.coalesce(later.c[name], earlier.c[name]).label(name) for name in selection.keys]
    shown = []
    for measure in selection.measures:
        now, before = later.c[measure], earlier.c[measure]
        named = zip(selection.shown(measure), (now, before, now - before), strict=True)
        shown += [value.label(name) for name, value in named]
    return select(*keys, *shown).select_from(both)


def _ordered(rows: Select[Any], selection: Selection) -> Select[Any]:
    """The rows in the order that was chosen, then by what they are about."""
    by = []
    if selection.sort:
        name = f'"{selection.sort_column}"'
        by.append(nulls_last(text(f"{name} DESC")) if selection.sort.startswith("-") else text(f"{name} ASC"))
    return rows.order_by(*by, *(text(f'"{name}"') for name in selection.keys))


def as_sql(selection: Selection) -> str:
    """The statement as it can be run elsewhere, its values in it."""
    dialect = postgresql.dialect(paramstyle="named")
    return str(
        _ordered(statement(selection), selection).compile(
            dialect=dialect, compile_kwargs={"literal_binds": True}
        )
    )


def some(
    connection: Connection, selection: Selection, first: int, most: int
) -> tuple[list[dict[str, Any]], int]:
    """So many rows from one on, and how many there are in all."""
    whole = statement(selection).add_columns(func.count().over().label(_TOTAL))
    rows = [
        dict(row)
        for row in connection.execute(_ordered(whole, selection).offset(first).limit(most)).mappings()
    ]
    total = rows[0][_TOTAL] if rows else 0
    return [{name: value for name, value in row.items() if name != _TOTAL} for row in rows], int(total)


def streamed(selection: Selection) -> Iterator[Sequence[tuple[Any, ...]]]:
    """All rows, slice by slice as the warehouse finds them, read by the person of the request."""
    with acting() as connection:
        # the first rows are wanted at once, though the last come no sooner
        connection.execute(text("SET LOCAL cursor_tuple_fraction = 0.001"))
        run = connection.execution_options(stream_results=True, max_row_buffer=_SLICE)
        for part in run.execute(statement(selection)).partitions(_SLICE):
            yield [tuple(row) for row in part]


def _source(mart: Mart, moment: Any) -> FromClause:
    """The mart, or its rows as they stood at a moment."""
    if moment is None or mart.earlier is None:
        return table(mart.name, *map(column, mart.columns), schema="mart")
    function = getattr(func.mart, mart.earlier)(literal(moment.isoformat()).op("::")(text("timestamptz")))
    return function.table_valued(*mart.columns).alias("known")


def _period_numbers(selection: Selection) -> dict[str, tuple[int, ...]]:
    """The numbers of the chosen periods, for a mart that is cut by them: only these are read."""
    periods = selection.values.get("period", ())
    if not periods or "period_id" not in selection.mart.columns:
        return {}
    return {"period_id": tuple(map(Period.id_of, periods))}


def _narrowed(rows: _Rows, source: FromClause, selection: Selection) -> _Rows:
    for name, chosen in (*selection.values.items(), *_period_numbers(selection).items()):
        rows = rows.where(source.c[name] == chosen[0] if len(chosen) == 1 else source.c[name].in_(chosen))
    if selection.within is not None:
        own, below = _AREA.alias("own"), _AREA.alias("below")
        codes = (
            select(below.c.area_code)
            .join(own, below.c.tree_left.between(own.c.tree_left, own.c.tree_right))
            .where(own.c.area_code == selection.within, own.c.valid_to == text("'infinity'"))
        )
        rows = rows.where(source.c.area_code.in_(codes))
    for limit in selection.limits:
        rows = rows.where(source.c[limit.measure].op(limit.operator)(limit.number))
    return rows
