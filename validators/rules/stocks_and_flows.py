"""Numbers of a return that contradict each other: who receives against who is registered, and against how many were
there the period before, how many came and how many left.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from countries.period import Period
from validators.messages import limits
from validators.reference import Reference
from validators.rules.cross_field_rules import Breach
from validators.rules.returns import Returns, by_group, message_params

NOT_ABOVE = (
    ("above_registered", "beneficiaries", "registered"),
    ("above_beneficiaries", "new_enrolments", "beneficiaries"),
)
"""(rule, column, the column of the same line that it cannot exceed)"""


def line_breaches(good: pd.DataFrame, dataset: str) -> Iterator[Breach]:
    """The good lines, by place, that count more persons than another of their numbers allows."""
    if dataset != "scheme_returns":
        return
    for rule, column, above in NOT_ABOVE:
        numbers = good[[column, above]].to_numpy(dtype=np.float64, na_value=np.nan)
        places = np.flatnonzero(numbers[:, 0] > numbers[:, 1])
        pairs = numbers[places].astype(np.int64).tolist()
        yield Breach(rule, column, places, [{"value": few, "limit": many} for few, many in pairs])


def flow_breaches(
    good: pd.DataFrame, partial: pd.DataFrame, returns: Returns, history: pd.DataFrame, reference: Reference
) -> Iterator[Breach]:
    """Returns that do not follow from the stock of the period before, of which they say who came and who left.

    `history`: area_code, scheme, period, total, and partial where it is known; what the file itself says of a period
    takes its place. What a return leaves out in one line is not known of it, and partial returns say nothing.
    """
    flows = {name: _sums(good, name, returns) for name in ("new_enrolments", "exits")}
    now = returns.frame.assign(**flows).dropna(subset=list(flows))
    now = _without(now, partial, returns.key)
    if now.empty:
        return
    before = {key: Period.parse(key).before for key in now["period"].unique()}
    past = history[~history["partial"].astype(bool)] if "partial" in history else history
    stock = pd.concat([past, _without(returns.frame, partial, returns.key)]).astype({"period": "str"})
    stock = stock.drop_duplicates(["area_code", "scheme", "period"], keep="last")
    met = now.assign(before=now["period"].map(before)).merge(
        stock[["area_code", "scheme", "period", "total"]].astype({"area_code": "str", "scheme": "str"}),
        left_on=["area_code", "scheme", "before"],
        right_on=["area_code", "scheme", "period"],
        suffixes=("", "_before"),
    )
    met = met.assign(expected=met["total_before"] + met["new_enrolments"] - met["exits"])
    gone = met[met["exits"] > met["total_before"]]
    yield _of(gone, "exits_above_stock", "exits", reference, value="exits", before="total_before")
    apart = (met["expected"] - met["total"]).abs() >= limits("stock_and_flow", reference.country)["least"]
    yield _of(
        met[apart],
        "stock_and_flow",
        "beneficiaries",
        reference,
        value="total",
        before="total_before",
        new="new_enrolments",
        exits="exits",
        expected="expected",
    )


def _of(met: pd.DataFrame, rule: str, column: str, reference: Reference, **numbers: str) -> Breach:
    return Breach(rule, column, met["first"].to_numpy(), message_params(met, reference, **numbers))


def _sums(good: pd.DataFrame, column: str, returns: Returns) -> np.ndarray:
    """A column's sum over the lines of each return, NaN where one of them does not tell it."""
    values = good[column].to_numpy(dtype=np.float64, na_value=np.nan)
    grouped = by_group(good)
    values = values if grouped is None else np.where(grouped, 0, values)
    return np.bincount(returns.of_line, weights=values, minlength=len(returns.frame))


def _without(frame: pd.DataFrame, partial: pd.DataFrame, key: tuple[str, ...]) -> pd.DataFrame:
    if partial.empty:
        return frame
    names = pd.MultiIndex.from_frame(frame[list(key)])
    return frame[~names.isin(pd.MultiIndex.from_frame(partial[list(key)].astype("str")))]
