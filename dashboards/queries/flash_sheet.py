"""One flash sheet with what stands around it: the week before, the sheets below, the administrators' line."""

import datetime as dt
from typing import Any

from countries.country import current
from dashboards.models.flash_report import AXES
from dashboards.models.flash_sheet import Axes, CompiledAxes, FlashSheet, Reporter, SheetLine, axes_of
from dashboards.models.reference import Period
from dashboards.queries.places import places
from dashboards.queries.reference import reference
from dashboards.queries.rows import rows
from dashboards.queries.weeks import week_before, week_of
from dashboards.server.current_user import acting
from sala.errors import NotFound

# The areas are named one by one, so that the indexes are asked and no plan depends on a guess.
_SHEET = """
SELECT json_build_object(
    'reports', (SELECT json_agg(r) FROM mart.flash_report r
                WHERE r.week IN (:week, :before) AND r.area_code = ANY(:codes)),
    'lines', (SELECT json_agg(l ORDER BY l.row_number) FROM mart.flash_item l
              WHERE l.week IN (:week, :before) AND l.area_code = ANY(:codes)),
    'administrators', (SELECT json_agg(m ORDER BY m.administrator) FROM mart.administrator m),
    'others', (SELECT json_agg(o ORDER BY o.administrator) FROM mart.flash_administrator o
               WHERE o.area_code = :code AND o.week IN (:week, :before)),
    'administrators_mean', (SELECT row_to_json(o) FROM mart.flash_administrators o
                    WHERE o.area_code = :code AND o.week = :week)
) AS sheet
"""


def flash_sheet(code: str, week_key: str, administrator: str | None = None) -> FlashSheet:
    """Raises NotFound, also for what is no week or no administrator."""
    week = week_of(week_key)
    before = week_before(week).key
    country = current()
    flash = country.calendar.flash_reports
    lowest = country.depth(flash.layer) if flash else -1
    period = Period(week.key, "W", week.starts_on, week.ends_on)
    with acting() as connection:
        above, below = places(connection, code, period)
        children = {
            area.code: area.names
            for area in sorted(below, key=lambda area: area.code)
            if area.depth <= lowest
        }
        layers = reference(connection).layers
        stored: dict[str, Any] = rows(
            connection, _SHEET, code=code, codes=[code, *children], week=week.key, before=before
        )[0]["sheet"]
    administrators = {row["administrator"]: row["names"] for row in stored["administrators"] or ()}
    if administrator is not None and administrator not in administrators:
        raise NotFound("unknown_period", what=administrator)
    reports = {(row["area_code"], row["week"], row["origin"]): row for row in stored["reports"] or ()}
    others = {(row["administrator"], row["week"]): row for row in stored["others"] or ()}
    names = children | {code: above[-1].names}
    lines = [_line(row, names, administrators) for row in stored["lines"] or ()]
    mine = [
        (row["week"], line)
        for row, line in zip(stored["lines"] or (), lines, strict=True)
        if row["area_code"] == code and row["administrator"] == administrator
    ]
    sent_up = tuple(
        line
        for row, line in zip(stored["lines"] or (), lines, strict=True)
        if row["week"] == week.key
        and line.sent
        and (row["area_code"] in children or (row["area_code"] == code and row["administrator"]))
    )
    of_administrator = administrator is not None
    compiled = None if of_administrator else reports.get((code, week.key, "compiled"))
    compiled_before = None if of_administrator else reports.get((code, before, "compiled"))
    own = others.get((administrator, week.key)) if administrator else reports.get((code, week.key, "own"))
    own_before = others.get((administrator, before)) if administrator else reports.get((code, before, "own"))
    return FlashSheet(
        area=above[-1],
        above=tuple(above[:-1]),
        week=week.key,
        starts_on=week.starts_on,
        ends_on=week.ends_on,
        layers=layers,
        administrator=administrator,
        administrators=administrators,
        own=axes_of(own),
        own_before=axes_of(own_before),
        compiled=_compiled(compiled),
        compiled_before=axes_of(compiled_before),
        lines=tuple(line for at, line in mine if at == week.key),
        planned=tuple(line for at, line in mine if at == before and line.kind == "next"),
        children=()
        if of_administrator
        else tuple(_reporter(child, children[child], week.key, reports) for child in children),
        administrator_reports=()
        if of_administrator
        else tuple(
            Reporter(
                name, administrators[name], axes_of(others.get((name, week.key))), (name, week.key) in others
            )
            for name in administrators
            if above[-1].depth == 0 or (name, week.key) in others
        ),
        administrators_mean=None if of_administrator else axes_of(stored["administrators_mean"]),
        below=() if of_administrator else sent_up,
    )


def _line(
    row: dict[str, Any], names: dict[str, dict[str, str]], administrators: dict[str, dict[str, str]]
) -> SheetLine:
    administrator = row["administrator"]
    return SheetLine(
        item_id=row["item_id"],
        area=row["area_code"],
        names=administrators[administrator] if administrator else names[row["area_code"]],
        kind=row["kind"],
        text=row["text"],
        needs_layer=row["needs_layer"],
        due=dt.date.fromisoformat(row["due"]) if row["due"] else None,
        origin=row["origin"],
        sources=tuple(row["sources"] or ()),
        stays_because=row["stays_because"],
        sent=row["sent"],
        travels_as=row["travels_as"],
    )


def _reporter(
    code: str, names: dict[str, str], week: str, reports: dict[tuple[str, str, str], dict[str, Any]]
) -> Reporter:
    own = reports.get((code, week, "own"))
    return Reporter(code, names, axes_of(own or reports.get((code, week, "compiled"))), own is not None)


def _compiled(row: dict[str, Any] | None) -> CompiledAxes | None:
    if row is None:
        return None

    def by_axis(numbers: list[float]) -> Axes:
        return dict(zip(AXES, numbers, strict=True))

    return CompiledAxes(
        {axis: row[axis] for axis in AXES},
        by_axis(row["lowest"]),
        by_axis(row["highest"]),
        tuple(row["laggards"] or ()),
        row["received"],
        row["expected"],
    )
