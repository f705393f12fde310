"""What people do to releases: answer for the checklist, sign, withdraw; and what Sala does: publish what is approved.

Each is one SQL function (sql/functions/release/) that asks for the right to it and writes the audit log; page, API and
command line call the same.
"""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection, text

from sql import warehouse
from transforms.identity.audit import Named
from transforms.release.draft import KINDS
from transforms.review.refusals import refusals


def answer(connection: Connection, release: str, check: str, reason: str, person: Named) -> None:
    """Say why a point of the checklist does not stand in the way. Raises Refusal."""
    with refusals(KINDS):
        connection.execute(
            text("SELECT core.answer_check(:release, :check, :reason, :name)"),
            {"release": release, "check": check, "reason": reason, "name": person.name},
        )


def approve(
    connection: Connection, release: str, seen: str, person: Named, office: str | None = None
) -> Literal["signed", "approved"]:
    """Sign the content that was `seen` (its hash): approved once everybody of the quorum has signed.

    `office` counts only for who has no role. Raises Refusal.
    """
    with refusals(KINDS):
        done: Literal["signed", "approved"] = connection.execute(
            text("SELECT core.approve_release(:release, :seen, :name, CAST(:office AS text))"),
            {"release": release, "seen": seen, "name": person.name, "office": office},
        ).scalar_one()
    return done


def withdraw(
    connection: Connection, release: str, reason: str, person: Named, conceal: bool = False
) -> Literal["withdrawn", "discarded"]:
    """Withdraw a release, or drop a draft. `conceal`: its figures are not shown any more. Raises Refusal."""
    with refusals(KINDS):
        done: Literal["withdrawn", "discarded"] = connection.execute(
            text("SELECT core.withdraw_release(:release, :reason, :conceal, :name)"),
            {"release": release, "reason": reason, "conceal": conceal, "name": person.name},
        ).scalar_one()
    return done


def publish_release(release: str) -> None:
    """Make public what the quorum approved, and supersede the release of the period that stood; done once, however
    often it is asked. Raises Refusal for anything else."""
    with warehouse.transaction() as connection, refusals(KINDS):
        connection.execute(text("SELECT core.publish_release(:release)"), {"release": release})
