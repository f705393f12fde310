"""The lines of a file's returns against those that stand in their place, as numbers: a nation has two million."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from validators.contracts.contract import TOTAL, Contract
from validators.rules.returns import Returns

TOGETHER = {"age_group": TOTAL, "sex": TOTAL, "disability": "", "channel": ""}
"""What a line says in a column whose values it does not tell apart."""
Line = tuple[str, ...]
"""What names a line beside its return, in the order of `line_names`."""


def line_names(contract: Contract) -> list[str]:
    """The columns that name a line beside its return."""
    return [name for name in contract.line_key if name not in contract.return_key]


@dataclass(frozen=True)
class _Lines:
    """`at`: the place of each line's return; `codes`: what names it, shape (names, lines); `number`: what it counts."""

    at: np.ndarray
    codes: np.ndarray
    number: np.ndarray

    def of(self, chosen: np.ndarray) -> "_Lines":
        return _Lines(self.at[chosen], self.codes[:, chosen], self.number[chosen])

    def keys(self, sizes: list[int], without: int | None = None) -> np.ndarray:
        """One number a line, equal where lines have one name, a column left out."""
        key = self.at.astype(np.int64)
        for place, size in enumerate(sizes):
            key = key * size + (0 if place == without else self.codes[place])
        return key


def compared_lines(
    good: pd.DataFrame, own: Returns, met: pd.DataFrame, contract: Contract, lines: pd.DataFrame | None
) -> tuple[dict[int, list[Line]], set[int]]:
    """(return → its lines that the file has not; returns of which a line differs in number).

    `met`: the returns compared, with `first` and `return_id`. `lines`: as `Standing` has them. A line in whose
    place its parts come, the ages of all ages together for instance, is not dropped.
    """
    if lines is None or met.empty:
        return {}, set()
    names = line_names(contract)
    vocabulary = [_vocabulary(name, good, lines) for name in names]
    sizes = [len(words) for words in vocabulary]
    ours = _of_file(good, own, met, contract, names, vocabulary)
    theirs = _standing(lines, met, names, vocabulary)
    after = _looked_up(ours.keys(sizes), ours.number, theirs.keys(sizes))
    gone = np.isnan(after)
    after[gone] = _summed_parts(theirs.of(gone), ours, names, vocabulary)
    dropped: dict[int, list[Line]] = {}
    numbers = met["return_id"].to_numpy()
    lost = theirs.of(np.isnan(after))
    for place, *codes in zip(lost.at, *lost.codes, strict=True):
        line = tuple(str(words[code]) for words, code in zip(vocabulary, codes, strict=True))
        dropped.setdefault(int(numbers[place]), []).append(line)
    other = ~np.isnan(after) & (after != theirs.number)
    return dropped, set(numbers[theirs.at[other]].tolist())


def _vocabulary(name: str, good: pd.DataFrame, lines: pd.DataFrame) -> pd.Index:
    """Every text of a column, the empty one for what is missing first."""
    texts = pd.Index(lines[name].astype("category").cat.categories, dtype="str")
    if name in good:
        texts = texts.union(pd.Index(good[name].astype("category").cat.categories, dtype="str"), sort=False)
    return pd.Index([""]).append(texts[texts != ""])


def _codes(column: pd.Series, words: pd.Index) -> np.ndarray:
    values = column.astype("category").array
    return np.append(words.get_indexer(pd.Index(values.categories, dtype="str")), 0)[values.codes]


def _of_file(
    good: pd.DataFrame,
    own: Returns,
    met: pd.DataFrame,
    contract: Contract,
    names: list[str],
    vocabulary: list[pd.Index],
) -> _Lines:
    place = np.full(len(own.frame), -1)
    place[pd.Index(own.frame["first"]).get_indexer(pd.Index(met["first"]))] = np.arange(len(met))
    at = place[own.of_line]
    codes = [
        _codes(good[name], words) if name in good else np.zeros(len(good), dtype=np.int64)
        for name, words in zip(names, vocabulary, strict=True)
    ]
    counted = contract.counted
    number = good[counted].to_numpy(dtype="float64", na_value=0) if counted else np.zeros(len(good))
    return _Lines(at, np.array(codes), number).of(at >= 0)


def _standing(lines: pd.DataFrame, met: pd.DataFrame, names: list[str], vocabulary: list[pd.Index]) -> _Lines:
    at = pd.Index(met["return_id"]).get_indexer(pd.Index(lines["return_id"]))
    codes = np.array([_codes(lines[name], words) for name, words in zip(names, vocabulary, strict=True)])
    return _Lines(at, codes, lines["before"].to_numpy(dtype="float64")).of(at >= 0)


def _looked_up(keys: np.ndarray, numbers: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The sum of the numbers under each wanted key, NaN where there is none."""
    codes, distinct = pd.factorize(keys)
    sums = np.append(np.bincount(codes, weights=numbers, minlength=len(distinct)), np.nan)
    return sums[pd.Index(distinct).get_indexer(pd.Index(wanted))]


def _summed_parts(gone: _Lines, ours: _Lines, names: list[str], vocabulary: list[pd.Index]) -> np.ndarray:
    """For each line that is not in the file the sum of the file's lines that tell its persons apart by one more column;
    NaN where there are none.
    """
    sums = np.full(len(gone.at), np.nan)
    sizes = [len(words) for words in vocabulary]
    for place, name in enumerate(names):
        together = vocabulary[place].get_indexer(pd.Index([TOGETHER.get(name, "\0")]))[0]
        whole = (gone.codes[place] == together) & np.isnan(sums)
        parts = ours.of(ours.codes[place] != together)
        if whole.any():
            sums[whole] = _looked_up(
                parts.keys(sizes, place), parts.number, gone.of(whole).keys(sizes, place)
            )
    return sums
