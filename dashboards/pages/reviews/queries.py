"""What the review page of one area says, in one transaction of the reader's own."""

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, text

from countries.declarations.roles import Action
from countries.model import Country
from dashboards.models.area import Area
from dashboards.models.reference import Period, Reference
from dashboards.pages.reviews.models import (
    FLASH,
    RETURNS,
    Act,
    Doubt,
    Missing,
    Remark,
    ReviewFacts,
    Row,
    Signature,
    moved,
)
from dashboards.queries.access import must_read
from dashboards.queries.not_found import UnknownPeriod
from dashboards.queries.places import places
from dashboards.queries.reference import chosen_period, reference
from dashboards.server.current_user import acting, person

_KINDS = {RETURNS: ("M", "Y"), FLASH: ("W",)}
_ACTIONS: tuple[Action, ...] = ("endorse", "return", "draft", "submit")
_MOST_ACTS = 60

_WEEKS = """
SELECT period, kind, starts_on, ends_on FROM mart.period
WHERE kind = 'W' AND published_at IS NOT NULL ORDER BY starts_on DESC LIMIT 26
"""
_ROWS = """
SELECT area_code, state, since, expected, received, signed_at, nullif(signed_until, 'infinity') AS signed_until
FROM mart.compilation WHERE area_code = ANY(:codes) AND dataset = :dataset AND period = :period
"""
_ACTS = """
SELECT r.area_code, a.names, a.area_level, a.depth, r.act, r.acted_by, r.office, r.acted_at, r.reason, r.moved,
       r.cause_code, r.receipts
FROM mart.review r
JOIN mart.area a USING (area_code)
WHERE r.area_code = ANY(:codes) AND r.dataset = :dataset AND r.period = :period
ORDER BY r.review_id DESC LIMIT :most
"""
_REMARKS = """
SELECT comment_id, area_code, child_code, cell, answers, written_by, written_at, text
FROM mart.review_comment
WHERE (area_code = :code OR child_code = :code) AND dataset = :dataset AND period = :period ORDER BY comment_id
"""
_SIGNATURES = """
SELECT office, person, signed_at FROM mart.signature
WHERE area_code = :code AND dataset = :dataset AND period = :period AND ended_at = 'infinity' AND fingerprint = :seen
ORDER BY signed_at
"""
_SIGNED = """
SELECT totals, signed_by FROM mart.endorsement
WHERE area_code = :code AND dataset = :dataset AND period = :period ORDER BY as_known_at DESC LIMIT 1
"""


def review_facts(code: str, dataset: str, asked: str | None, country: Country, signed: bool) -> ReviewFacts:
    """Everything that the review page of an area says. Raises UnknownArea, UnknownPeriod and NotAllowed."""
    must_read(code)
    reader = person()
    may = frozenset(action for action in _ACTIONS if reader.may(action, code))
    with acting() as connection:
        stamp = connection.execute(text("SELECT max(published_at) FROM mart.period")).scalar_one()
        known = _steady(str(stamp), reader.scope)
        periods, period = _period(connection, known, dataset, asked)
        at = {"code": code, "dataset": dataset, "period": period.code}
        above, below = places(connection, code, period)
        codes = [code, *(area.code for area in below)]
        rows = {row["area_code"]: row for row in _all(connection, _ROWS, **at | {"codes": codes})}
        layer = known.layer(above[-1].depth)
        committee = _one(
            connection,
            "SELECT quorum, requires_children FROM mart.committee WHERE area_level = :level",
            level=layer.level if layer else "",
        )
        seen = str(
            connection.execute(
                text("SELECT mart.review_fingerprint(:code, :dataset, :period)"), at
            ).scalar_one_or_none()
            or ""
        )
        last = _one(connection, _SIGNED, **at)
        acts = [_act(row) for row in _all(connection, _ACTS, **at | {"codes": codes, "most": _MOST_ACTS})]
        return ReviewFacts(
            reference=known,
            dataset=dataset,
            period=period,
            periods=periods,
            above=tuple(above[:-1]),
            own=_row(above[-1], rows),
            children=tuple(
                sorted(
                    (_row(area, rows) for area in below), key=lambda row: (row.state == "none", row.area.code)
                )
            ),
            figures=_figures(connection, "review_figures(:code, :dataset, :period)", at),
            signed_cells=_figures(connection, "review_signed(:code, :period)", at)
            if signed and dataset == RETURNS
            else {},
            signed_totals=last["totals"] if last else {},
            signed_by=tuple(last["signed_by"] or ()) if last else (),
            quorum=tuple(committee["quorum"]) if committee else None,
            requires_children=bool(committee and committee["requires_children"]),
            signatures=tuple(
                Signature(row["office"], row["person"], row["signed_at"])
                for row in _all(connection, _SIGNATURES, **at | {"seen": seen})
            ),
            missing=tuple(
                Missing(row["area_code"], row["names"], row["area_level"], row["scheme"])
                for row in _all(
                    connection, "SELECT * FROM mart.review_missing(:code, :dataset, :period)", **at
                )
            ),
            doubts=tuple(
                Doubt(
                    row["rule"],
                    row["n"],
                    row["areas"],
                    row["message"],
                    row["area_code"],
                    row["names"],
                    row["receipt"],
                    row["row_number"],
                )
                for row in _all(
                    connection, "SELECT * FROM mart.review_warnings(:code, :dataset, :period)", **at
                )
            ),
            remarks=tuple(
                Remark(
                    row["comment_id"],
                    row["area_code"],
                    row["child_code"],
                    row["cell"],
                    row["answers"],
                    row["written_by"],
                    row["written_at"],
                    row["text"],
                )
                for row in _all(connection, _REMARKS, **at)
            ),
            timeline=tuple(
                act for act in acts if act.area.code == code or (act.act == "returned" and act.cause == code)
            ),
            restated=tuple(act for act in acts if act.area.code != code and act.act == "reopened"),
            fingerprint=seen,
            may=may,
        )


@lru_cache(maxsize=32)
def _steady(_published: str, _scope: Hashable) -> Reference:
    """What changes only when something is published."""
    with acting() as connection:
        return reference(connection)


def _period(
    connection: Connection, known: Reference, dataset: str, asked: str | None
) -> tuple[tuple[Period, ...], Period]:
    """The periods of the dataset's kind, oldest first, and the one to show: asked for, else the usual one."""
    if dataset == FLASH:
        found = tuple(
            Period(row["period"], row["kind"], row["starts_on"], row["ends_on"])
            for row in reversed(_all(connection, _WEEKS))
        )
        usual = found[-1] if found else None
    else:
        found = tuple(period for period in known.periods if period.kind in _KINDS[dataset])
        usual, _ = chosen_period(found, None)
    wanted = next((period for period in found if period.code == asked), None)
    of_this_kind = asked is not None and (("-W" in asked) == (dataset == FLASH))
    if (wanted is None and of_this_kind) or usual is None:
        raise UnknownPeriod(asked or dataset)
    return found, wanted or usual


def _figures(
    connection: Connection, source: str, at: Mapping[str, Any]
) -> dict[tuple[str, int, str, str], float]:
    back = "back" if "figures" in source else "0"
    query = f"SELECT area_code, {back}, cell, sex, n FROM mart.{source}"  # noqa: S608
    return {(row[0], row[1], row[2], row[3]): float(row[4]) for row in connection.execute(text(query), at)}


def _row(area: Area, rows: Mapping[str, Mapping[str, Any]]) -> Row:
    row = rows.get(area.code)
    if row is None:
        return Row(area, "none", None, 0, 0, None, None)
    return Row(
        area,
        row["state"],
        row["since"],
        int(row["expected"]),
        int(row["received"]),
        row["signed_at"],
        row["signed_until"],
    )


def _act(row: Mapping[str, Any]) -> Act:
    return Act(
        Area(row["area_code"], row["area_level"], row["depth"], row["names"]),
        row["act"],
        row["acted_by"],
        row["office"],
        row["acted_at"],
        row["reason"],
        moved(row["moved"]),
        row["cause_code"],
        tuple(row["receipts"] or ()),
    )


def _all(connection: Connection, query: str, **params: Any) -> list[Mapping[str, Any]]:
    return [dict(row) for row in connection.execute(text(query), params).mappings()]


def _one(connection: Connection, query: str, **params: Any) -> Mapping[str, Any] | None:
    found = _all(connection, query, **params)
    return found[0] if found else None
