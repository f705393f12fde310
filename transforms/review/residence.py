"""Where persons live whom lists of two areas name: the act of those who may decide for both areas.

One SQL function (sql/functions/persons/decide_residence.sql) asks for the right, writes the decision and the audit log;
page, API and command line call the same. What it adds and takes stands as signed rows of mart.list_adjustment.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

from sala.errors import Invalid, NotAllowed, NotFound
from transforms.identity.audit import Named
from transforms.review.refusals import refusals

KINDS = {
    "nobody_in_both_areas": NotFound,
    "may_not_decide_residence": NotAllowed,
    "release_reason": Invalid,
}


@dataclass(frozen=True)
class Residence:
    """In a period, persons whom both areas list live in `area`, and not in `other` (codes), for a reason."""

    period: str
    area: str
    other: str
    because: str


def decide(connection: Connection, residence: Residence, person: Named) -> None:
    """Decide it; figures follow with the next publication of the period. Raises Refusal."""
    with refusals(KINDS):
        connection.execute(
            text("SELECT core.decide_residence(:period, :area, :other, :because, :name)"),
            {**vars(residence), "name": person.name},
        )
