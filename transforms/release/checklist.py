"""What must be clear, or answered with a reason, before the board signs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, text

from countries.period import Period
from sql import warehouse
from transforms.release.cells import TOTAL

CHECKS = ("completeness", "endorsements", "restatements", "warnings", "footnotes")
"""In the order in which they are shown; `release.check.<name>` says each in words, clear or not."""


@dataclass(frozen=True)
class Check:
    """One point: whether it is clear, and the numbers and codes behind it."""

    name: str
    clear: bool
    detail: dict[str, Any] = field(default_factory=dict)


def checklist(
    connection: Connection,
    period: Period,
    moment: datetime,
    root: str,
    figures: pd.DataFrame,
    restated: int,
    note: str,
) -> list[Check]:
    """The points of CHECKS for the figures of a draft."""
    at = {"period_id": period.id, "moment": moment}
    whole = figures[(figures["area"] == root) & (figures["sex"] == TOTAL) & (figures["indicator"] != TOTAL)]
    incomplete = whole[whole["completeness"].fillna(0) < 1]
    unsigned = warehouse.run(connection, "release/unsigned_areas.sql", **at).scalars().all()
    unusual = connection.execute(
        text(
            "SELECT count(*) FROM core.unusual_change u JOIN core.area a USING (area_id)"
            " WHERE u.period_id = :period_id AND u.scheme_id > 0 AND a.layer_id <= 1"
        ),
        at,
    ).scalar_one()
    doubtful = warehouse.run(connection, "release/unconfirmed_warnings.sql", period=period.key, **at).one()
    warnings = {"n": unusual, "unconfirmed": doubtful.unconfirmed, "held": doubtful.held}
    footnotes = {str(n): int(k) for n, k in figures["footnotes"].str.split().explode().value_counts().items()}
    return [
        Check(
            "completeness",
            incomplete.empty,
            {
                "share": float(whole["completeness"].fillna(0).min()) if len(whole) else 0.0,
                "n": len(incomplete),
            },
        ),
        Check("endorsements", not unsigned, {"n": len(unsigned), "areas": list(unsigned)}),
        Check("restatements", not restated, {"n": restated}),
        Check("warnings", not any(warnings.values()), warnings),
        Check("footnotes", not footnotes or bool(note.strip()), {"n": sum(footnotes.values())} | footnotes),
    ]
