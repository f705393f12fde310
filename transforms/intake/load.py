"""Loading: judged rows become returns, in the transaction of their file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from countries.period import Period
from sql import warehouse
from transforms.compilation.compiling import MANY_AREAS, compile_anew, compile_population, open_period
from transforms.intake.keys import newest, pseudonym
from transforms.intake.surrogate_keys import SurrogateKeys
from validators.contracts.contract import TOTAL, contract
from validators.verdict import Verdict

COUNTS = ["beneficiaries", "contributors", "registered", "new_enrolments", "exits"]
AXES = tuple(column.name for column in contract("flash_reports").typed("percent"))
MANY_ROWS = (
    10_000  # from here on tables are worked on whole, and the planner must not go by what it knew before
)


@dataclass(frozen=True)
class Lines:
    """Where a dataset's lines go: the table, its period column, and how each stored column is made."""

    table: str
    period: str
    keep: tuple[str, ...]
    about: str | None = (
        None  # the column that says what a return is about, beside its area: scheme or indicator
    )
    derive: dict[str, Callable[[pd.DataFrame, SurrogateKeys], pd.Series | np.ndarray]] = field(
        default_factory=dict
    )
    by_period: bool = False  # the table is partitioned by period
    compiled: bool = True  # figures are made of it, so that its periods have to be compiled


def load(
    connection: Connection,
    verdict: Verdict,
    numbers: SurrogateKeys,
    submission_id: int,
    received_at: datetime,
) -> set[str]:
    """Store a verdict's good rows as returns. Returns the periods whose figures this may have moved.

    A file's returns and their lines appear together or not at all: the caller's transaction decides.
    """
    good = verdict.good
    if good.empty:
        return set()
    lines = LINES[verdict.dataset]
    periods = [Period.parse(key) for key in good[lines.period].astype(str).unique()]
    if len(good) > MANY_ROWS:
        connection.execute(text(MANY_AREAS))
    for period in sorted(periods):
        _open(connection, verdict.dataset, period)
    keys = _keys(good, lines, numbers)
    first, position = _grouped(_combined(keys))
    returns = keys.iloc[first].assign(
        position=np.arange(len(first)),
        partial=_partial(verdict, good, first),
        zero=_zero(good, position, len(first)),
        lines=np.bincount(position, minlength=len(first)),
        total=_total(verdict, good, position, len(first)),
        received_at=received_at,
    )
    return_id = _supersede(connection, verdict.dataset, lines, returns, submission_id)
    _append(connection, lines, good, numbers, keys, return_id[position])
    if len(good) > MANY_ROWS:
        connection.execute(text(f"ANALYZE core.return, {lines.table}"))
    return have_compiled(connection, verdict.dataset, periods)


def have_compiled(connection: Connection, dataset: str, periods: list[Period]) -> set[str]:
    """Mark what has to be compiled after returns of these periods came or went. Returns the periods."""
    if dataset == "population":
        moved = _dividing_by(connection, periods)
        compile_anew(connection, sorted(moved))
        return moved
    moved = {period.key for period in periods} if LINES[dataset].compiled else set()
    connection.execute(
        text("UPDATE core.period SET moved_at = clock_timestamp() WHERE key = ANY(:moved)"),
        {"moved": list(moved)},
    )
    return moved


def _open(connection: Connection, dataset: str, period: Period) -> None:
    """Make the period exist, and let one file at a time change this dataset's returns in it."""
    open_period(connection, period)
    connection.execute(
        text("SELECT pg_advisory_xact_lock(hashtext('return ' || :dataset), :id)"),
        {"dataset": dataset, "id": period.id},
    )


def _keys(good: pd.DataFrame, lines: Lines, numbers: SurrogateKeys) -> pd.DataFrame:
    """period_id, area_id and scheme_id of every row."""
    told = good[lines.period].astype("category")
    periods = [Period.parse(str(key)) for key in told.cat.categories]
    area_id = np.zeros(len(good), dtype="int32")
    for place, period in enumerate(periods):
        here = (told.cat.codes == place).to_numpy()
        area_id[here] = numbers.of_areas(good.loc[here, "area_code"], period)
    return pd.DataFrame(
        {
            "period_id": np.array([period.id for period in periods], "int32")[told.cat.codes],
            "area_id": area_id,
            "scheme_id": numbers.of(lines.about, good[lines.about]) if lines.about else 0,
        }
    )


def _combined(keys: pd.DataFrame) -> np.ndarray:
    """One number for each return; scheme numbers fit 12 bits, area numbers 28, periods 22."""
    return (
        (keys["period_id"].to_numpy(dtype="int64") << 40)
        | (keys["area_id"].to_numpy(dtype="int64") << 12)
        | keys["scheme_id"].to_numpy(dtype="int64")
    )


def _grouped(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each key in order its first row, and for each row the place of its key: np.unique without sorting rows."""
    codes, found = pd.factorize(keys)
    order = np.argsort(found)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    first = np.flatnonzero(~pd.Series(codes).duplicated().to_numpy())
    return first[order], place[codes]


def _partial(verdict: Verdict, good: pd.DataFrame, first: np.ndarray) -> np.ndarray:
    """Which returns lost a line to a rejection."""
    if verdict.partial_returns.empty:
        return np.zeros(len(first), dtype=bool)
    names = list(contract(verdict.dataset).return_key)
    ours = pd.MultiIndex.from_frame(good.iloc[first][names].astype(str))
    return ours.isin(pd.MultiIndex.from_frame(verdict.partial_returns[names].astype(str)))


def _zero(good: pd.DataFrame, position: np.ndarray, returns: int) -> np.ndarray:
    """Which returns were filed and count nobody: not the same as missing."""
    if "beneficiaries" not in good:
        return np.zeros(returns, dtype=bool)
    return np.bincount(position, weights=good["beneficiaries"].to_numpy(dtype=float), minlength=returns) == 0


def _total(verdict: Verdict, good: pd.DataFrame, position: np.ndarray, returns: int) -> Any:
    """What each return adds up to, of what its dataset counts."""
    counted = contract(verdict.dataset).counted
    if counted is None:
        return None
    weights = good[counted].to_numpy(dtype=float, na_value=0)
    return np.bincount(position, weights=weights, minlength=returns).astype("int64")


def _supersede(
    connection: Connection, dataset: str, lines: Lines, returns: pd.DataFrame, submission_id: int
) -> np.ndarray:
    """Close what these returns replace and insert them. Returns their ids; 0 for one that must not replace."""
    now = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    warehouse.run(connection, "load/incoming.sql")
    warehouse.copy(connection, "incoming", returns)
    connection.execute(text("ANALYZE incoming"))
    warehouse.run(
        connection,
        "load/supersede.sql",
        dataset=dataset,
        submission_id=submission_id,
        compiled=lines.compiled,
        now=now,
    )
    # typed, for where none of them may replace what stands the frame is empty and has no types of its own
    stood = warehouse.read(connection, "SELECT position, return_id FROM incoming").astype("int32")
    connection.execute(text("DROP TABLE incoming"))
    return_id = np.zeros(len(returns), dtype="int32")
    return_id[stood["position"].to_numpy()] = stood["return_id"].to_numpy()
    return return_id


def _append(
    connection: Connection,
    lines: Lines,
    good: pd.DataFrame,
    numbers: SurrogateKeys,
    keys: pd.DataFrame,
    return_id: np.ndarray,
) -> None:
    columns: dict[str, Any] = {
        "return_id": return_id,
        "row_number": good["row_number"].to_numpy(dtype="int32"),
    }
    if lines.by_period:
        columns["period_id"] = keys["period_id"].to_numpy()
    columns |= {name: good[name].array for name in lines.keep if name in good and good[name].notna().any()}
    columns |= {name: make(good, numbers) for name, make in lines.derive.items()}
    warehouse.copy(connection, lines.table, pd.DataFrame(columns)[return_id > 0])


def _dividing_by(connection: Connection, periods: list[Period]) -> set[str]:
    """Compile the population of some years. Returns the periods whose rates divide by it."""
    moved: set[str] = set()
    for period in periods:
        year = period.starts_on.year
        compile_population(connection, year)
        moved |= set(warehouse.run(connection, "load/publishable.sql", year=year).scalars())
    return moved


def _age_group(good: pd.DataFrame, numbers: SurrogateKeys) -> np.ndarray:
    return numbers.of("age_group", good["age_group"])


def _disability(good: pd.DataFrame, numbers: SurrogateKeys) -> pd.Series:
    """T where the return does not tell persons with a disability apart."""
    return good["disability"].astype("category").cat.add_categories("T").fillna("T")


def _needs_layer(good: pd.DataFrame, numbers: SurrogateKeys) -> pd.Series:
    return good["needs_layer"].astype("object").map(numbers.others["layer"]).astype("Int16")


def _origin(good: pd.DataFrame, numbers: SurrogateKeys) -> pd.Series:
    return good["origin"].astype("object").fillna("own")


def _sources(good: pd.DataFrame, numbers: SurrogateKeys) -> pd.Series:
    """SurrogateKeys of lines of other sheets, as Postgres writes an array; none where none is told."""
    told = (
        good["sources"]
        .astype("object")
        .map(lambda text: re.findall(r"\b\d{1,9}\b", text), na_action="ignore")
    )
    return told.map(lambda numbers: f"{{{','.join(numbers)}}}" if numbers else None, na_action="ignore")


def _person(good: pd.DataFrame, numbers: SurrogateKeys) -> pd.Series:
    """The identifiers become pseudonyms here, before anything of them reaches the database."""
    key = newest("pseudonym")
    return good["person_id"].map(lambda person: f"\\x{pseudonym(person, key).hex()}")


def _key_version(good: pd.DataFrame, numbers: SurrogateKeys) -> np.ndarray:
    return np.full(len(good), newest("pseudonym").version, dtype="int16")


def _sex_or_all(good: pd.DataFrame, numbers: SurrogateKeys) -> pd.Series:
    return good["sex"].astype("str").replace(TOTAL, "T")


LINES = {
    "scheme_returns": Lines(
        "core.scheme_line",
        period="period",
        about="scheme",
        keep=("sex", *COUNTS, "amount_paid"),
        derive={"age_group_id": _age_group, "disability": _disability},
        by_period=True,
    ),
    "population": Lines(
        "core.population_line",
        period="year",
        keep=("sex", "population", "status", "source"),
        derive={"age_group_id": _age_group},
    ),
    "flash_reports": Lines("core.flash_line", period="week", about="administrator", keep=AXES),
    "flash_items": Lines(
        "core.flash_item",
        period="week",
        about="administrator",
        keep=("kind", "text", "due", "stays_because"),
        derive={"needs_layer_id": _needs_layer, "origin": _origin, "sources": _sources},
    ),
    "grievances": Lines(
        "core.grievance_line",
        period="period",
        keep=("category", "sex", "received", "resolved", "escalated", "pending", "median_days", "channel"),
    ),
    "beneficiary_list": Lines(
        "core.beneficiary_line",
        period="period",
        about="scheme",
        keep=("sex", "birth_year", "amount_paid"),
        derive={"person": _person, "key_version": _key_version, "disability": _disability},
        compiled=False,
    ),
    "targets": Lines(
        "core.target_line",
        period="year",
        about="indicator",
        keep=("kind", "value", "cost", "responsible"),
        derive={"sex": _sex_or_all},
        compiled=False,
    ),
    "allocations": Lines(
        "core.allocation_line", period="period", about="scheme", keep=("amount",), compiled=False
    ),
}
