"""Good rows become returns, in the transaction of their file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from countries.period import Period
from sql import warehouse
from transforms.compile_queue import open_period
from transforms.denominators import load_denominators
from transforms.intake.line_tables import LINE_TABLES
from transforms.intake.pseudonyms import key_in_use, pseudonyms
from transforms.intake.returns import Returns, returns
from transforms.intake.sender import Sender
from transforms.intake.surrogate_keys import SurrogateKeys
from validators.contracts.contract import contract
from validators.rules.returns import by_group
from validators.verdict import Verdict

MANY_ROWS = 10_000
"""From here on tables are worked on whole, and the planner must not go by statistics from before."""


def load(
    connection: Connection, verdict: Verdict, keys: SurrogateKeys, sender: Sender, received_at: datetime
) -> None:
    """Store a verdict's good rows as returns, and have the periods compiled whose figures this may change.

    Returns are written in the sender's place: Postgres refuses those that the sender may not file. A file's returns and
    their lines appear together or not at all: the caller's transaction decides.
    """
    rows = verdict.good
    if rows.empty:
        return
    lines = LINE_TABLES[verdict.dataset]
    periods = [Period.parse(key) for key in rows[lines.period].astype(str).unique()]
    if len(rows) > MANY_ROWS:
        warehouse.expect_many_rows(connection)
    for period in sorted(periods):
        _open(connection, verdict.dataset, period)
    of_file = returns(verdict, lines, keys)
    return_id = _supersede(connection, verdict.dataset, of_file, sender, received_at)
    _append(connection, verdict, keys, of_file, return_id)
    _append_missing(connection, verdict.missing_lines, keys, return_id)
    if len(rows) > MANY_ROWS:
        connection.execute(text(f"ANALYZE core.return, {lines.table}"))
    sum_populations(connection, verdict.dataset, periods)


def sum_populations(connection: Connection, dataset: str, periods: list[Period]) -> None:
    """Sum the population of these years at once, where one came or went; other returns wait in the compile queue."""
    if dataset == "population":
        for period in periods:
            load_denominators(connection, period.starts_on.year)


def _open(connection: Connection, dataset: str, period: Period) -> None:
    """Make the period exist, and let one file at a time change this dataset's returns in it."""
    open_period(connection, period)
    warehouse.take_lock(connection, "returns", dataset, period.id)


def _supersede(
    connection: Connection, dataset: str, of_file: Returns, sender: Sender, received_at: datetime
) -> np.ndarray:
    """Close what these returns replace and insert them. Returns each row's return_id; 0 where its return must not
    replace what is there."""
    now = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    warehouse.run(connection, "load/incoming.sql")
    warehouse.copy(connection, "incoming", of_file.frame.assign(received_at=received_at))
    connection.execute(text("ANALYZE incoming"))
    if dataset == "scheme_returns":
        warehouse.run(connection, "load/yield.sql", now=now)
    with sender.rights.filing(connection):
        warehouse.run(
            connection, "load/supersede.sql", dataset=dataset, submission_id=sender.submission_id, now=now
        )
    if LINE_TABLES[dataset].compiled:
        warehouse.run(connection, "load/enqueue.sql")
    elif dataset == "allocations":
        warehouse.run(connection, "load/enqueue_grants.sql")
    # typed, for where none of them may replace what is there the frame is empty and has no types of its own
    inserted = warehouse.read(connection, "SELECT position, return_id FROM incoming").astype("int32")
    connection.execute(text("DROP TABLE incoming"))
    return_id = np.zeros(len(of_file.frame), dtype="int32")
    return_id[inserted["position"].to_numpy()] = inserted["return_id"].to_numpy()
    return return_id[of_file.of_row]


def _append(
    connection: Connection,
    verdict: Verdict,
    keys: SurrogateKeys,
    of_file: Returns,
    return_id: np.ndarray,
) -> None:
    """Add the lines of the returns that were inserted; `return_id` has one a row, 0 for a line that is left out."""
    dataset, rows = verdict.dataset, verdict.good
    lines = LINE_TABLES[dataset]
    measures = contract(dataset).typed("count", "money") if lines.measures else []
    kept = (*lines.keep, *(column.name for column in measures))
    columns: dict[str, Any] = {
        "return_id": return_id,
        "row_number": rows["row_number"].to_numpy(dtype="int32"),
    }
    if lines.by_period:
        columns["period_id"] = of_file.period_id
    columns |= {name: rows[name].array for name in kept if name in rows and rows[name].notna().any()}
    columns |= {name: derive(rows, keys) for name, derive in lines.derive.items()}
    if contract(dataset).names_persons:
        assert verdict.persons is not None, "its cross-check has digested them"
        columns |= pseudonyms(verdict.persons, key_in_use(connection))
    if lines.measures and "remainder" in rows:
        columns["remainder"] = rows["remainder"].to_numpy()
    frame, inserted = pd.DataFrame(columns), return_id > 0
    if lines.group_table and (grouped := by_group(rows)) is not None:
        of_groups = frame.assign(group_id=keys.of("group", rows["group"]))
        warehouse.copy(connection, lines.group_table, of_groups[inserted & grouped])
        inserted = inserted & ~grouped
    warehouse.copy(connection, lines.table, frame[inserted])


def _append_missing(
    connection: Connection, missing: pd.DataFrame, keys: SurrogateKeys, return_id: np.ndarray
) -> None:
    """Say of the returns that were inserted which lines they leave out."""
    of_return = return_id[missing["first"].to_numpy()]
    columns = {
        "return_id": of_return,
        "sex": missing["sex"],
        "age_group_id": keys.of("age_group", missing["age_group"]),
        "measure": missing["measure"],
    }
    if (of_return > 0).any():
        warehouse.copy(connection, "core.missing_line", pd.DataFrame(columns)[of_return > 0])
