"""Reviewing: committees sign what was compiled, send it back, and talk about single cells of it.

Each act is one SQL function (sql/functions/review/) that asks for the right to it, holds the figures still,
and writes the audit log; the same functions serve the page and the API.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, text

from sala.errors import NotAllowed, NotFound, Refusal
from transforms.identity.audit import Named
from transforms.review.refusals import refusals

REVIEWED = ("scheme_returns", "flash_reports")
"""The datasets that committees review."""

_KINDS: dict[str, type[Refusal]] = {"not_on_committee": NotAllowed}
"""Of the refusals of the SQL functions; the others are conflicts with the state in which a review is."""


@dataclass(frozen=True)
class Compilation:
    """What was compiled for one area and period, of one dataset."""

    area: str  # code
    dataset: str
    period: str


def fingerprint(connection: Connection, of: Compilation) -> str:
    """Everything that the review page shows, as one short text: a signature names what was seen by it."""
    digest: str = connection.execute(
        text("SELECT core.fingerprint(:period, :dataset, :area)"), _numbers(connection, of)
    ).scalar_one()
    return digest


def sign(
    connection: Connection, of: Compilation, seen: str, person: Named, office: str | None = None
) -> Literal["signed", "endorsed"]:
    """Sign the figures that were `seen`: endorsed once everybody of the quorum has signed the same.

    `office` counts only for who has no role. Raises Refusal.
    """
    with refusals(_KINDS):
        done: Literal["signed", "endorsed"] = connection.execute(
            text("SELECT core.sign(:period, :dataset, :area, :seen, :name, :office)"),
            _numbers(connection, of) | {"seen": seen, "name": person.name, "office": office},
        ).scalar_one()
    return done


def send_back(
    connection: Connection, of: Compilation, children: list[str], reason: str, person: Named
) -> None:
    """Return the compilations of areas right below, with a reason. Raises Refusal."""
    numbers = _numbers(connection, of)
    ids = [_numbers(connection, Compilation(child, of.dataset, of.period))["area"] for child in children]
    with refusals(_KINDS):
        connection.execute(
            text("SELECT core.send_back(:period, :dataset, :area, :children, :reason, :name)"),
            numbers | {"children": ids, "reason": reason, "name": person.name},
        )


def remark(
    connection: Connection,
    of: Compilation,
    child: str,
    cell: str,
    words: str,
    person: Named,
    answers: int | None = None,
) -> int:
    """Say something about a cell of the child's row ('' is the whole row), or answer it. Gives the comment's number.

    An answer stands where the comment stands that it answers. Raises Refusal.
    """
    numbers = _numbers(connection, of)
    about = _numbers(connection, Compilation(child, of.dataset, of.period))["area"]
    with refusals(_KINDS):
        written: int = connection.execute(
            text(
                "SELECT core.add_comment("
                ":period, :dataset, :area, :child, :cell, :words, :name, CAST(:answers AS integer))"
            ),
            numbers | {"child": about, "cell": cell, "words": words, "name": person.name, "answers": answers},
        ).scalar_one()
    return written


def _numbers(connection: Connection, of: Compilation) -> dict[str, Any]:
    """The warehouse's numbers for the area, as it stood then, and the period."""
    row = connection.execute(
        text(
            "SELECT p.period_id, a.area_id FROM core.period p JOIN core.area a"
            " ON a.valid_from <= p.ends_on AND a.valid_to > p.starts_on WHERE p.key = :period AND a.code = :area"
        ),
        {"period": of.period, "area": of.area},
    ).one_or_none()
    if row is None or of.dataset not in REVIEWED:
        raise NotFound("unknown_compilation")
    return {"period": row.period_id, "area": row.area_id, "dataset": of.dataset}
