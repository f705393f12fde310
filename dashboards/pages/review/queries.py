"""What the review page of one area shows, read in one transaction of the reader's own."""

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, text

from countries.declarations.roles import Action
from dashboards.models.area import Area
from dashboards.models.reference import Period, Reference
from dashboards.pages.review.models import (
    FLASH,
    RETURNS,
    Cells,
    ChangedTotal,
    MissingReturn,
    Remark,
    Review,
    ReviewAct,
    ReviewedArea,
    Signature,
    UnusualChange,
    WarningsOfRule,
)
from dashboards.queries.access import must_read
from dashboards.queries.places import places
from dashboards.queries.published_totals import published_totals
from dashboards.queries.reference import chosen_period, reference
from dashboards.server.current_user import acting, person
from sala.errors import NotFound

_ACTIONS: tuple[Action, ...] = ("endorse", "return", "draft", "submit")
_MOST_ACTS = 60

_PUBLISHED = "SELECT max(published_at) FROM mart.period"
_WEEKS = """
SELECT period, kind, starts_on, ends_on FROM mart.period
WHERE kind = 'W' AND published_at IS NOT NULL ORDER BY starts_on DESC LIMIT 26
"""
_AREAS = """
SELECT area_code, state, since, expected, received, signed_at, nullif(signed_until, 'infinity') AS signed_until
FROM mart.compilation WHERE area_code = ANY(:codes) AND dataset = :dataset AND period = :period
"""
_FIGURES = "SELECT area_code, back, cell, sex, n FROM mart.review_figures(:code, :dataset, :period)"
_SIGNED_FIGURES = "SELECT area_code, 0 AS back, cell, sex, n FROM mart.review_signed(:code, :period)"
_LAST_ENDORSEMENT = """
SELECT totals, signed_by FROM mart.endorsement
WHERE area_code = :code AND dataset = :dataset AND period = :period ORDER BY as_known_at DESC LIMIT 1
"""
_COMMITTEE = "SELECT quorum, requires_children FROM mart.committee WHERE area_level = :level"
_FINGERPRINT = "SELECT mart.review_fingerprint(:code, :dataset, :period) AS fingerprint"
_SIGNATURES = """
SELECT office, person, signed_at FROM mart.signature
WHERE area_code = :code AND dataset = :dataset AND period = :period AND ended_at = 'infinity' AND fingerprint = :seen
ORDER BY signed_at
"""
_MISSING = "SELECT area_code, names, scheme FROM mart.review_missing(:code, :dataset, :period)"
_WARNINGS = """
SELECT rule, n, unconfirmed, areas, message, area_code, names, receipt, row_number
FROM mart.review_warnings(:code, :dataset, :period)
"""
_UNUSUAL_CHANGES = """
SELECT area_code, cell, value, usual FROM mart.unusual_change
WHERE area_code = ANY(:codes) AND dataset = :dataset AND period = :period ORDER BY area_code, cell
"""
_REMARKS = """
SELECT comment_id, area_code, child_code, cell, answers, written_by, written_at, text
FROM mart.review_comment
WHERE (area_code = :code OR child_code = :code) AND dataset = :dataset AND period = :period ORDER BY comment_id
"""
_ACTS = """
SELECT r.area_code, a.names, a.area_level, a.depth, r.act, r.acted_by, r.office, r.acted_at, r.reason, r.moved,
       r.cause_code, r.receipts, r.causes
FROM mart.review r
JOIN mart.area a USING (area_code)
WHERE r.area_code = ANY(:codes) AND r.dataset = :dataset AND r.period = :period
ORDER BY r.review_id DESC LIMIT :most
"""


def review(code: str, dataset: str, period_code: str | None, signed: bool) -> Review:
    """The review of an area, for a period or the usual one; `signed`: with the figures as they were last signed.

    Raises NotFound and NotAllowed.
    """
    must_read(code)
    reader = person()
    with acting() as connection:
        published = connection.execute(text(_PUBLISHED)).scalar_one()
        reference = _reference(str(published), reader.scope)
        periods, period = _period(connection, reference, dataset, period_code)
        of = {"code": code, "dataset": dataset, "period": period.code}
        above, below = places(connection, code, period)
        codes = {"codes": [code, *(area.code for area in below)]}
        states = {row["area_code"]: row for row in _rows(connection, _AREAS, **of, **codes)}
        layer = reference.layer(above[-1].depth)
        committee = _first(connection, _COMMITTEE, level=layer.level if layer else "")
        seen = str((_first(connection, _FINGERPRINT, **of) or {}).get("fingerprint") or "")
        endorsement = _first(connection, _LAST_ENDORSEMENT, **of) or {}
        acts = [_act(row) for row in _rows(connection, _ACTS, **of, **codes, most=_MOST_ACTS)]
        children = sorted(
            (_reviewed_area(area, states) for area in below),
            key=lambda row: (row.state == "none", row.area.code),
        )
        own = _reviewed_area(above[-1], states)
        compares = dataset == RETURNS and (signed or own.state == "reopened")
        return Review(
            reference=reference,
            dataset=dataset,
            period=period,
            periods=periods,
            above=tuple(above[:-1]),
            own=own,
            children=tuple(children),
            figures=_figures(connection, _FIGURES, of),
            signed_figures=_figures(connection, _SIGNED_FIGURES, of) if compares else {},
            signed_totals=endorsement.get("totals") or {},
            signed_by=tuple(endorsement.get("signed_by") or ()),
            quorum=tuple(committee["quorum"]) if committee else None,
            requires_children=bool(committee and committee["requires_children"]),
            signatures=tuple(
                Signature(*row.values()) for row in _rows(connection, _SIGNATURES, **of, seen=seen)
            ),
            missing=tuple(MissingReturn(*row.values()) for row in _rows(connection, _MISSING, **of)),
            published=published_totals(connection, codes["codes"], period.code) if dataset == RETURNS else (),
            warnings=tuple(WarningsOfRule(*row.values()) for row in _rows(connection, _WARNINGS, **of)),
            unusual_changes=tuple(
                UnusualChange(row["area_code"], row["cell"], float(row["value"]), float(row["usual"]))
                for row in _rows(connection, _UNUSUAL_CHANGES, **of, **codes)
                if row["area_code"] != code
            ),
            remarks=tuple(Remark(*row.values()) for row in _rows(connection, _REMARKS, **of)),
            acts=tuple(
                act for act in acts if act.area.code == code or (act.act == "returned" and act.cause == code)
            ),
            reopened_below=tuple(act for act in acts if act.area.code != code and act.act == "reopened"),
            fingerprint=seen,
            may=frozenset(action for action in _ACTIONS if reader.may(action, code)),
        )


@lru_cache(maxsize=32)
def _reference(_published: str, _scope: Hashable) -> Reference:
    """What changes only when something is published."""
    with acting() as connection:
        return reference(connection)


def _period(
    connection: Connection, reference: Reference, dataset: str, code: str | None
) -> tuple[tuple[Period, ...], Period]:
    """The periods of the dataset's kind, oldest first, and the one to show: `code`, else the usual one."""
    if dataset == FLASH:
        periods = tuple(Period(*row.values()) for row in reversed(_rows(connection, _WEEKS)))
        usual = periods[-1] if periods else None
    else:
        periods = reference.periods
        usual, _ = chosen_period(periods, None)
    chosen = next((period for period in periods if period.code == code), None)
    # a week chosen for one dataset and a month for the other pass each other by
    of_this_kind = code is not None and (("-W" in code) == (dataset == FLASH))
    if (chosen is None and of_this_kind) or usual is None:
        raise NotFound("unknown_period", what=code or dataset)
    return periods, chosen or usual


def _figures(connection: Connection, query: str, of: Mapping[str, Any]) -> Cells:
    return {
        (row.area_code, row.back, row.cell, row.sex): float(row.n)
        for row in connection.execute(text(query), of)
    }


def _reviewed_area(area: Area, states: Mapping[str, Mapping[str, Any]]) -> ReviewedArea:
    row = states.get(area.code)
    if row is None:
        return ReviewedArea(area, "none", None, 0, 0, None, None)
    return ReviewedArea(
        area,
        row["state"],
        row["since"],
        int(row["expected"]),
        int(row["received"]),
        row["signed_at"],
        row["signed_until"],
    )


def _act(row: Mapping[str, Any]) -> ReviewAct:
    return ReviewAct(
        Area(row["area_code"], row["area_level"], row["depth"], row["names"]),
        row["act"],
        row["acted_by"],
        row["office"],
        row["acted_at"],
        row["reason"],
        tuple(ChangedTotal(total["what"], total["before"], total["after"]) for total in row["moved"] or ()),
        row["cause_code"],
        tuple(row["receipts"] or ()),
        tuple(row["causes"]),
    )


def _rows(connection: Connection, query: str, **params: Any) -> list[Mapping[str, Any]]:
    return [dict(row) for row in connection.execute(text(query), params).mappings()]


def _first(connection: Connection, query: str, **params: Any) -> Mapping[str, Any] | None:
    return next(iter(_rows(connection, query, **params)), None)
