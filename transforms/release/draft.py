"""A draft: what would be released of a period, computed, protected and audited, and put before the board. One
transaction: a draft is there whole, or not at all."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, text

from countries.country import Country
from countries.declarations.public_tables import PublicTable
from countries.period import Period
from sala.errors import Conflict, Invalid, NotAllowed, NotFound
from sql import warehouse
from transforms.identity.person import Person
from transforms.release.cells import DIMENSIONS, areas, earlier_cells, public_cells, with_bounds
from transforms.release.checklist import checklist
from transforms.release.divisors import with_divisor_tables, without_divisors
from transforms.release.files import File, content, manifest, meaning, with_footnotes
from transforms.release.gaps import gap_figures
from transforms.release.version import changes, next_version
from transforms.review.refusals import refusals

KINDS = {
    "may_not_prepare_releases": NotAllowed,
    "may_not_approve_releases": NotAllowed,
    "not_in_quorum": NotAllowed,
    "unknown_release": NotFound,
    "release_reason": Invalid,
}
"""Of what the SQL functions of releases refuse; the rest are conflicts with the state in which a release is."""

RESTATEMENTS = 500  # so many are listed in the notes; mart.restatement has all


def draft(
    country: Country, key: str, person: Person, note: str = "", as_known_at: datetime | None = None
) -> str:
    """Draft a release of a period, and return its name. A draft of the period that was open is discarded.

    Raises Refusal: where nothing would be new, where figures are still being compiled, and where a small count could be
    worked out from it together with all that was released before.
    """
    person.must("prepare", country.root)
    period = _parsed(key)
    if not country.public_tables:
        raise Invalid("no_public_tables")
    with warehouse.transaction() as connection:
        warehouse.take_lock(connection, "releases")
        moment = _moment(connection, period, as_known_at)
        known = areas(connection, country, period)
        figures, divisors = _protected(connection, country, period, moment, known)
        former, standing = _before(connection, period)
        defined = meaning(country, known)
        before = None if former is None else _meaning_of(connection, former.release_id)
        then = None if standing is None else _figures_of(connection, standing.release_id)
        changed = changes(defined, figures.set_index(["table", "key"]), before, then)
        if standing is not None and not changed:
            raise Conflict("release_unchanged", release=standing.code)
        about = {
            "release": _next_code(connection, period),
            "period": period.key,
            "version": next_version(None if former is None else former.version, changed),
            "as_known_at": moment,
            "former": None if former is None else former.code,
            "restates": None if standing is None else standing.code,
            "note": note.strip(),
            "quorum": _quorum(country),
        }
        restated = _restatements(figures, then)
        at = {"period_id": period.id, "moment": moment}
        endorsed = [
            dict(row) for row in warehouse.run(connection, "release/endorsements.sql", **at).mappings()
        ]
        notes = about | {
            "changes": [asdict(change) for change in changed],
            "restatements": restated[:RESTATEMENTS],
            "restated": len(restated),
            "endorsements": endorsed,
        }
        files = content(country, figures, known, notes)
        sealed = manifest(about, files)
        number = _open(connection, person, period, moment, former, standing, about, sealed)
        checks = checklist(connection, period, moment, country.root, figures, len(restated), note)
        _store(connection, number, figures, divisors, [*files, sealed])
        connection.execute(
            text("INSERT INTO core.release_check VALUES (:number, :name, :clear, CAST(:detail AS jsonb))"),
            [
                {"number": number, "name": c.name, "clear": c.clear, "detail": json.dumps(c.detail)}
                for c in checks
            ],
        )
    return str(about["release"])


def _parsed(key: str) -> Period:
    try:
        return Period.parse(key)
    except ValueError:
        raise Invalid("period_form", period=key) from None


def _moment(connection: Connection, period: Period, asked: datetime | None) -> datetime:
    """The moment whose figures are released. Raises Refusal where it has none, or where they are on the move."""
    if period.kind == "W":
        raise Invalid("release_of_a_week", period=period.key)
    now: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    if asked is not None and asked > now:
        raise Invalid("moment_in_future", moment=asked.isoformat(timespec="seconds"))
    state = connection.execute(
        text(
            "SELECT published_at, core.is_up_to_date(period_id) AS still FROM core.period WHERE period_id = :id"
        ),
        {"id": period.id},
    ).one_or_none()
    if state is None or state.published_at is None:
        raise NotFound("release_of_nothing", period=period.key)
    if asked is None and not state.still:
        raise Conflict("release_still_compiling", period=period.key)
    return asked or now


def _protected(
    connection: Connection, country: Country, period: Period, moment: datetime, known: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every figure as it may be shown, and the divisors. Raises Conflict for the first cell that could be worked out
    all the same."""
    from transforms.release.disclosure import (
        audit,
        protect,
    )  # half a second to import, at the start of every page server

    tables, indicators = with_divisor_tables(country.public_tables), country.indicators
    cells = public_cells(connection, country, period, moment)
    if cells.empty or (cells["count"].isna().all() and cells["lower"].isna().all()):
        raise NotFound("release_of_nothing", period=period.key)
    earlier = earlier_cells(connection)
    counted = cells["count"].notna()
    shown = protect(cells[counted].astype({"count": "int64"}), earlier, known, tables, indicators)
    if exposed := audit(shown, earlier, known, tables, indicators):
        worst = exposed[0]
        cell = ":".join(getattr(worst, name) for name in DIMENSIONS)
        raise Conflict(
            "release_exposed", n=len(exposed), table=worst.table, cell=cell, low=worst.low,
            high="–" if worst.high is None else worst.high,
        )  # fmt: skip
    rest = with_bounds(cells[~counted], country)
    rest["status"] = rest["lower_bound"].notna().map({True: "U", False: "L"})
    figures, divisors = without_divisors(
        _keyed(pd.concat([shown, rest], ignore_index=True), tables), indicators
    )
    figures["held_back"] = figures["count"].astype("Int64")
    figures["count"] = figures["published"].astype("Int64")
    for name in ("completeness", "lower_bound", "upper_bound"):
        figures[name] = pd.to_numeric(figures[name]).astype("Float64")
    figures["value"] = figures["count"].astype("Float64") / figures["denominator"].mask(
        figures["denominator"] == 0
    )
    gaps = _keyed(gap_figures(figures, country, known.set_index("code")["layer"]), tables)
    figures = with_footnotes(pd.concat([figures, gaps], ignore_index=True), country)
    return figures.sort_values(["table", "key"], ignore_index=True), divisors


def _keyed(figures: pd.DataFrame, tables: tuple[PublicTable, ...]) -> pd.DataFrame:
    """With the `key` of each: the codes of its table's dimensions."""
    dimensions = {table.id: table.dimensions for table in tables}
    keys = [":".join(row[name] for name in dimensions[row["table"]]) for row in figures.to_dict("records")]
    return figures.assign(key=pd.Series(keys, figures.index, dtype=object))


def _before(connection: Connection, period: Period) -> tuple[Any, Any]:
    """The release that became public last, of any period, and the one of this period that stands."""
    former = connection.execute(
        text(
            "SELECT r.* FROM core.release r JOIN core.release_decision d USING (release_id)"
            " WHERE d.act = 'released' ORDER BY d.decision_id DESC LIMIT 1"
        )
    ).one_or_none()
    standing = connection.execute(
        text("SELECT * FROM core.release WHERE period_id = :id AND state = 'released'"), {"id": period.id}
    ).one_or_none()
    return former, standing


def _meaning_of(connection: Connection, release_id: int) -> dict[str, Any]:
    written = connection.execute(
        text("SELECT content FROM core.release_file WHERE release_id = :id AND name = 'definitions.json'"),
        {"id": release_id},
    ).scalar_one()
    meant: dict[str, Any] = json.loads(bytes(written))["meaning"]
    return meant


def _figures_of(connection: Connection, release_id: int) -> pd.DataFrame:
    figures = warehouse.read(
        connection,
        'SELECT public_table AS "table", key, area_code AS area, count, denominator, value, lower_bound, upper_bound,'
        " status FROM mart.released_figure JOIN core.release ON code = release WHERE release_id = :id",
        id=release_id,
    )
    types = {"count": "Int64", "denominator": "Int64"} | dict.fromkeys(
        ("value", "lower_bound", "upper_bound"), "Float64"
    )
    return figures.astype(types).set_index(["table", "key"])


def _restatements(figures: pd.DataFrame, then: pd.DataFrame | None) -> list[dict[str, Any]]:
    """Figures that both releases of the period have and that differ: table, key, and what each says of it."""
    if then is None:
        return []
    both = figures.merge(then.reset_index(), on=["table", "key"], suffixes=("", "_before"))
    says = ("count", "denominator", "value", "lower_bound", "upper_bound", "status")
    same = pd.concat(
        [(both[n] == both[f"{n}_before"]) | (both[n].isna() & both[f"{n}_before"].isna()) for n in says],
        axis=1,
    )
    moved = both[~same.fillna(False).all(axis=1)]
    shown = moved[["table", "key", *(f"{n}_before" for n in says), *says]].astype(object)
    rows: list[dict[str, Any]] = shown.where(shown.notna(), None).to_dict("records")  # type: ignore[assignment]
    return rows


def _next_code(connection: Connection, period: Period) -> str:
    return str(connection.execute(text("SELECT core.next_release_code(:id)"), {"id": period.id}).scalar_one())


def _quorum(country: Country) -> list[str]:
    committee = country.committee(country.layers[0].id)
    return list(committee.releases) if committee else []


def _open(
    connection: Connection,
    person: Person,
    period: Period,
    moment: datetime,
    former: Any,
    standing: Any,
    about: dict[str, Any],
    sealed: File,
) -> int:
    with refusals(KINDS), person.rights.filing(connection):
        number: int = connection.execute(
            text(
                "SELECT core.draft_release(:period, :version, :moment, CAST(:former AS integer),"
                " CAST(:restates AS integer), :note, :hash, :name)"
            ),
            {
                "period": period.id,
                "version": about["version"],
                "moment": moment,
                "former": None if former is None else former.release_id,
                "restates": None if standing is None else standing.release_id,
                "note": about["note"],
                "hash": sealed.sha256,
                "name": person.name,
            },
        ).scalar_one()
    return number


def _store(
    connection: Connection, number: int, figures: pd.DataFrame, divisors: pd.DataFrame, files: list[File]
) -> None:
    columns = {"table": "public_table", "area": "area_code"}
    names = [
        "table",
        "key",
        *DIMENSIONS,
        "count",
        "denominator",
        "value",
        "lower_bound",
        "upper_bound",
        "completeness",
        "status",
    ]
    cells = figures[names].rename(columns=columns)
    warehouse.copy(connection, "core.released_cell", cells.assign(release_id=number))
    counted = figures["status"].isin(["Q", "R"]) & figures["held_back"].notna()
    held = figures[counted][["table", "key", "held_back"]]
    held = held.rename(columns={**columns, "held_back": "count"})
    warehouse.copy(connection, "core.held_back_count", held.assign(release_id=number))
    divisors = divisors[["table", "key", "count", "published", "status"]].rename(columns=columns)
    warehouse.copy(connection, "core.released_divisor", divisors.assign(release_id=number))
    connection.execute(
        text("INSERT INTO core.release_file VALUES (:number, :name, :media, :content, :hash)"),
        [
            {"number": number, "name": f.name, "media": f.media_type, "content": f.content, "hash": f.sha256}
            for f in files
        ],
    )
