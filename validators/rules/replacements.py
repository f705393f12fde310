"""What a file would replace, drop or halve of what stands: said to its sender, who is asked before it counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from validators.contracts.contract import LANGUAGES, TOTAL, Contract, Text, in_language
from validators.messages import words
from validators.reference import Reference
from validators.rules.cross_field_rules import Breach
from validators.rules.expected_lines import named_line
from validators.rules.line_comparison import Line, compared_lines, line_names
from validators.rules.returns import Returns, some_areas

CORRECTS = {True: "corrects", False: "says_other"}
"""The rule of a plain correction, by whether the dataset counts anything."""


@dataclass(frozen=True)
class Standing:
    """`returns`: the dataset's return key, return_id, lines, total, mark (0 where it is not known), stands (0: of what
    others replaced), partial, sender, day, newer (a later file brought it), of_others (another sender's). `lines`: of
    the returns that stand, where they may have several: return_id, what names a line beside its return (an empty text
    for what is missing), before (what it counts). `given`: of the same returns how many lines give a value that they
    need not give: return_id and those columns; None where the dataset has none.
    `twins`: returns that stand for the same areas and say what one of the file says: the return key, mark.
    `anew`: receipts of older files of the same sender of which the file brings at least half of what stands for its
    periods and subjects. `left_out`: what it lacks of them: return_id, area_code, file (its receipt), date.
    `withdrawn`: returns that were withdrawn: the return key, mark, sender (who withdrew it), day, because.
    `elsewhere`: of a list of persons, those of the file who stand in the return of another area: period, area_code,
    scheme, count.
    What else stands that speaks of the same persons or money, each with sender and day. `relatives`: returns of areas
    above and below each other: the return key, cell, total. `remainders`: what areas above the file's count as persons
    of no known place: the return key, total, parts (what stands below them). `in_the_year`: grants of the same areas
    and schemes in the years of the file: the return key, total. `counted_otherwise`: for lists of persons the returns
    of their schemes, and for these the lists: the return key with the area that reports the scheme, total.
    """

    returns: pd.DataFrame
    lines: pd.DataFrame | None
    twins: pd.DataFrame
    anew: list[str]
    left_out: pd.DataFrame
    given: pd.DataFrame | None = None
    withdrawn: pd.DataFrame | None = None
    elsewhere: pd.DataFrame | None = None
    relatives: pd.DataFrame | None = None
    remainders: pd.DataFrame | None = None
    in_the_year: pd.DataFrame | None = None
    counted_otherwise: pd.DataFrame | None = None

    def new(self, own: Returns) -> pd.DataFrame:
        """Of the file's returns (`Returns.frame`) those for which nothing stands."""
        key = list(own.key)
        present = self.returns.loc[self.returns["stands"] == 1, key].astype(dict.fromkeys(key, "str"))
        return own.frame[~pd.MultiIndex.from_frame(own.frame[key]).isin(pd.MultiIndex.from_frame(present))]


@dataclass(frozen=True)
class Replacements:
    """`returns`: those that the file would replace by something else: the return key, `first` (the place of its first
    line among the good rows), lines, total, before_lines, before_total, sender, day, of_others, older_copy, `dropped`,
    the lines (as `Line`) that it would drop, `emptied`, the columns of which it would drop values, and `says_other`,
    whether it says anything else.
    """

    returns: pd.DataFrame

    def breaches(self, contract: Contract, reference: Reference) -> Iterator[Breach]:
        """Lines dropped though not fewer came, what another sender sent, copies older than what stands; and where there
        is none of these, that other numbers stand afterwards.
        """
        of = self.returns
        fewer = of["lines"] < of["before_lines"]
        drops = (of["dropped"].map(len) > 0) & ~fewer
        yield self._breach("other_lines", drops, contract, reference)
        emptied = of["emptied"].map(len) > 0
        yield self._breach("fewer_values", emptied, contract, reference)
        yield self._breach("other_sender", of["of_others"], contract, reference)
        older = of["older_copy"] & ~of["of_others"]
        yield self._breach("older_copy", older, contract, reference)
        explained = fewer | drops | emptied | of["of_others"] | older
        yield self._together(CORRECTS[contract.counted is not None], of["says_other"] & ~explained, reference)

    def _breach(self, rule: str, selected: pd.Series, contract: Contract, reference: Reference) -> Breach:
        returns = self.returns[selected]
        counted = contract.counted is not None
        params: list[dict[str, Any]] = [
            {
                "area": reference.name(row["area_code"]),
                "sender": row["sender"],
                "date": row["day"],
                "before": int(row["before_total" if counted else "before_lines"]),
                "after": int(row["total" if counted else "lines"]),
                "lines": _named(row["dropped"], contract, reference),
                "columns": [contract.column(name).label for name in row["emptied"]],
            }
            for row in returns.to_dict("records")
        ]
        return Breach(rule, None, returns["first"].to_numpy(dtype=np.int64), params)

    def _together(self, rule: str, selected: pd.Series, reference: Reference) -> Breach:
        """One problem for all that one sender sent on one day: a national file corrects many thousands."""
        places, params = [], []
        for (sender, day), returns in self.returns[selected].groupby(["sender", "day"], sort=False):
            places.append(returns["first"].iloc[0])
            params.append(
                {
                    "sender": sender,
                    "date": day,
                    "areas": some_areas(returns["area_code"], reference),
                    "count": len(returns),
                    "before": int(returns["before_total"].sum()),
                    "after": int(returns["total"].sum()),
                }
            )
        return Breach(rule, None, np.array(places, dtype=np.int64), params)


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
    dropped, changed = compared_lines(good, own, met, contract, standing.lines)
    emptied = _emptied(good, met, own, standing.given)
    met = met.assign(dropped=_of_returns(dropped, met), emptied=_of_returns(emptied, met))
    apart = (met["lines"] != met["before_lines"]) | (met["total"] != met["before_total"])
    marked_apart = (met["before_mark"] != 0) & (met["mark"] != met["before_mark"])
    only_adds = (met["lines"] > met["before_lines"]) & ~met["return_id"].isin(changed)
    only_adds &= contract.dataset == "scheme_returns"  # other lines say more than the number that is compared
    differs = (
        (apart | marked_apart) & ~only_adds | (met["dropped"].map(len) > 0) | (met["emptied"].map(len) > 0)
    )
    older = _older_copies(met, standing.returns, key)
    says_other = apart | marked_apart
    met = met.assign(
        of_others=met["of_others"] & differs, older_copy=older & says_other, says_other=says_other
    )
    met = met[met["says_other"] | differs]
    return None if met.empty else Replacements(met)


def _emptied(
    good: pd.DataFrame, met: pd.DataFrame, own: Returns, given: pd.DataFrame | None
) -> dict[int, list[str]]:
    """Return → the columns of which all values would go, or some though no fewer lines come."""
    if given is None:
        return {}
    names = [name for name in given.columns if name != "return_id"]
    counts = {
        name: np.bincount(own.of_line, weights=good[name].notna(), minlength=len(own.frame))
        if name in good
        else np.zeros(len(own.frame))
        for name in names
    }
    place = pd.Series(np.arange(len(own.frame)), index=own.frame["first"].to_numpy())
    present = met[["return_id", "first", "lines", "before_lines"]].merge(given, on="return_id")
    at = place.reindex(present["first"]).to_numpy()
    emptied: dict[int, list[str]] = {}
    for name in names:
        before, after = present[name].to_numpy(), counts[name][at]
        gone = (after < before) & ((after == 0) | (present["lines"] >= present["before_lines"]).to_numpy())
        for number in present.loc[gone, "return_id"]:
            emptied.setdefault(int(number), []).append(name)
    return emptied


def _of_returns(values: dict[int, list[Any]], met: pd.DataFrame) -> pd.Series:
    return pd.Series(
        [values.get(int(number), []) for number in met["return_id"]], index=met.index, dtype=object
    )


def _named(dropped: list[Line], contract: Contract, reference: Reference) -> list[Text]:
    """The lines in words, each once; persons of a list as how many they are."""
    names = line_names(contract)
    if contract.names_persons:
        return [{language: f"{len(dropped)} {text}" for language, text in words()["persons"].items()}]
    texts = [_in_words(dict(zip(names, line, strict=True)), reference) for line in dropped]
    return [text for place, text in enumerate(texts) if text not in texts[:place]]


def _in_words(line: dict[str, str], reference: Reference) -> Text:
    if "text" in line:
        return dict.fromkeys(LANGUAGES, f"{line['kind']}: {line['text']}")
    groups = {group.id: group.names for group in reference.country.groups}
    codes = [line.get(name, "") for name in ("category", "kind", "channel")]
    if line["sex"] == TOTAL:
        sex: Text = words()["all_together"]
    else:
        sex = named_line(line["sex"], line.get("age_group", ""), reference)
    more: list[Text] = [dict.fromkeys(sex, code) for code in codes if code]
    if group := groups.get(line.get("group", "")):
        more.append(group)
    return {
        language: f"{text} ({', '.join(in_language(one, language) for one in more)})" if more else text
        for language, text in sex.items()
    }


def _older_copies(met: pd.DataFrame, returns: pd.DataFrame, key: list[str]) -> pd.Series:
    """Which returns are as one was that another has replaced since."""
    past = returns[returns["stands"] == 0].astype(dict.fromkeys(key, "str"))

    def alike(past: pd.DataFrame, *names: str) -> np.ndarray:
        both = (frame[[*key, *names]].astype(dict.fromkeys(names, "int64")) for frame in (met, past))
        now, then = map(pd.MultiIndex.from_frame, both)
        return now.isin(then)

    marked = past["mark"] != 0  # others stand from before returns were marked
    return pd.Series(alike(past[marked], "mark") | alike(past[~marked], "lines", "total"), index=met.index)
