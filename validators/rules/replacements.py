"""What a file would replace, drop or halve of what stands: said to its sender, who is asked before it counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from validators.contracts.contract import Contract
from validators.reference import Reference
from validators.rules.cross_field_rules import Breach
from validators.rules.expected_lines import named_line
from validators.rules.returns import Returns, by_group

CORRECTS = {True: "corrects", False: "says_other"}
"""The rule of a plain correction, by whether the dataset counts anything."""
LINE = ["return_id", "sex", "age_group", "disability"]


@dataclass(frozen=True)
class Standing:
    """`returns`: the dataset's return key, return_id, lines, total, mark (0 where it is not known), stands (0: of what
    others replaced), partial, sender, day, newer (a later file brought it), of_others (another sender's). `lines`: of
    the returns that stand, where the dataset counts persons by sex and age: return_id, sex, age_group, disability
    (T: not told apart), before.
    `twins`: returns that stand for the same areas and say what one of the file says: the return key, mark.
    `anew`: receipts of older files of the same sender of which the file brings at least half of what stands for its
    periods and subjects. `left_out`: what it lacks of them: return_id, area_code, file (its receipt), date.
    `elsewhere`: of a list of persons, those of the file who stand in the return of another area: period, area_code,
    scheme, count.
    """

    returns: pd.DataFrame
    lines: pd.DataFrame | None
    twins: pd.DataFrame
    anew: list[str]
    left_out: pd.DataFrame
    elsewhere: pd.DataFrame | None = None

    def new(self, own: Returns) -> pd.DataFrame:
        """Of the file's returns (`Returns.frame`) those for which nothing stands."""
        key = list(own.key)
        present = self.returns.loc[self.returns["stands"] == 1, key].astype(dict.fromkeys(key, "str"))
        return own.frame[~pd.MultiIndex.from_frame(own.frame[key]).isin(pd.MultiIndex.from_frame(present))]


@dataclass(frozen=True)
class Replacements:
    """`returns`: those that the file would replace by something else: the return key, `first` (the place of its first
    line among the good rows), lines, total, before_lines, before_total, sender, day, of_others, older_copy, `dropped`,
    the lines (sex, age group) that it would drop, and `says_other`, whether it says anything else.
    """

    returns: pd.DataFrame

    def breaches(self, contract: Contract, reference: Reference) -> Iterator[Breach]:
        """Lines dropped though not fewer came, what another sender sent, copies older than what stands; and where there
        is none of these, that other numbers stand afterwards.
        """
        of = self.returns
        fewer = of["lines"] < of["before_lines"]
        drops = (of["dropped"].map(len) > 0) & ~fewer
        yield self._breach("other_lines", drops, reference)
        if contract.edited_on_a_page:
            return
        yield self._breach("other_sender", of["of_others"], reference)
        older = of["older_copy"] & ~of["of_others"]
        yield self._breach("older_copy", older, reference)
        explained = fewer | drops | of["of_others"] | older
        yield self._breach(CORRECTS[contract.counted is not None], of["says_other"] & ~explained, reference)

    def _breach(self, rule: str, selected: pd.Series, reference: Reference) -> Breach:
        returns = self.returns[selected]
        params: list[dict[str, Any]] = [
            {
                "area": reference.name(row["area_code"]),
                "sender": row["sender"],
                "date": row["day"],
                "before": int(row["before_total"]),
                "after": int(row["total"]),
                "lines": [named_line(sex, age, reference) for sex, age in row["dropped"]],
            }
            for row in returns.to_dict("records")
        ]
        return Breach(rule, None, returns["first"].to_numpy(dtype=np.int64), params)


def replacements(
    good: pd.DataFrame, own: Returns, contract: Contract, partial: pd.DataFrame, standing: Standing
) -> Replacements | None:
    """What the good rows, whose returns are `own`, would replace by something else; None where nothing. `partial`:
    returns with a rejected line, which replace nothing that stands whole.
    """
    if standing.returns.empty:
        return None
    present = standing.returns[standing.returns["stands"] == 1]
    named = {
        "lines": "before_lines",
        "total": "before_total",
        "mark": "before_mark",
        "partial": "before_partial",
    }
    met = own.joined_with(present.rename(columns=named))
    key = list(own.key)
    ours = pd.MultiIndex.from_frame(met[key])
    partial_of_ours = ours.isin(pd.MultiIndex.from_frame(partial[key].astype("str")))
    whole_before = met["before_partial"] == 0
    outlived = met["newer"].astype(bool) & (whole_before | partial_of_ours)
    met = met[~outlived & ~(partial_of_ours & whole_before)].reset_index(drop=True)
    if met.empty:
        return None
    same = (met["before_mark"] != 0) & (met["mark"] == met["before_mark"])
    met = met[~same].reset_index(drop=True)
    if met.empty:
        return None
    dropped, changed = _compared(good, met, key, standing.lines)
    met = met.assign(dropped=met["return_id"].map(dropped))
    met["dropped"] = [cells if isinstance(cells, list) else [] for cells in met["dropped"]]
    apart = (met["lines"] != met["before_lines"]) | (met["total"] != met["before_total"])
    marked_apart = (met["before_mark"] != 0) & (met["mark"] != met["before_mark"])
    only_adds = (met["lines"] > met["before_lines"]) & ~met["return_id"].isin(changed)
    only_adds &= standing.lines is not None  # else what was there cannot be told from what is added
    differs = (apart | marked_apart) & ~only_adds | (met["dropped"].map(len) > 0)
    older = _older_copies(met, standing.returns, key)
    met = met.assign(
        of_others=met["of_others"] & differs, older_copy=older & apart, says_other=apart | marked_apart
    )
    met = met[met["says_other"] | differs]
    return None if met.empty else Replacements(met)


def _compared(
    good: pd.DataFrame, met: pd.DataFrame, key: list[str], lines: pd.DataFrame | None
) -> tuple[dict[int, list[tuple[str, str]]], set[int]]:
    """(return → its lines, by sex and age group, that the file has not; returns of which a line differs in number)."""
    if lines is None:
        return {}, set()
    grouped = by_group(good)
    rows = good if grouped is None else good[~grouped]
    texts = rows[[*key, "sex", "age_group"]].astype("str")
    disability = rows["disability"].astype("object").fillna("T").astype("str")
    ours = texts.assign(disability=disability, after=rows["beneficiaries"].to_numpy(dtype="int64"))
    ours = ours.merge(met[[*key, "return_id"]], on=key)
    both = lines[lines["return_id"].isin(met["return_id"])].merge(ours, on=LINE, how="left")
    gone = both[both["after"].isna()]
    dropped: dict[int, list[tuple[str, str]]] = {}
    for number, sex, age in gone[["return_id", "sex", "age_group"]].drop_duplicates().itertuples(index=False):
        dropped.setdefault(int(number), []).append((sex, age))
    other = both["after"].notna() & (both["after"] != both["before"])
    return dropped, set(both.loc[other, "return_id"].astype(int))


def _older_copies(met: pd.DataFrame, returns: pd.DataFrame, key: list[str]) -> pd.Series:
    """Which returns are as one was that another has replaced since."""
    past = returns[returns["stands"] == 0].astype(dict.fromkeys(key, "str"))
    as_then = pd.MultiIndex.from_frame(past[[*key, "lines", "total"]].astype({"total": "int64"}))
    now = pd.MultiIndex.from_frame(met[[*key, "lines", "total"]].astype({"total": "int64"}))
    return pd.Series(now.isin(as_then), index=met.index)
