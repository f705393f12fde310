"""What really goes wrong in files, done to good ones on purpose."""

from collections.abc import Callable

import pandas as pd

from countries.sample.envelope import csv

Spoil = Callable[[pd.DataFrame], pd.DataFrame]


def _first(frame: pd.DataFrame, lines: int) -> pd.Index:
    """Some lines from the middle of the file, where nobody looks."""
    middle = len(frame) // 2
    return frame.index[middle : middle + lines]


def unknown_area(frame: pd.DataFrame) -> pd.DataFrame:
    """The file with every line of one area under a code that ends in 99, which no area has."""
    code = str(frame.at[_first(frame, 1)[0], "area_code"])
    return frame.replace({"area_code": {code: code[:-2] + "99"}})


def negative_count(frame: pd.DataFrame) -> pd.DataFrame:
    """The file with one line of -3 beneficiaries."""
    return _put(frame, "beneficiaries", ["-3"])


def decimal_count(frame: pd.DataFrame) -> pd.DataFrame:
    """The file with two lines whose beneficiaries are not whole."""
    return _put(frame, "beneficiaries", ["17.5", "8.25"])


def sex_in_words(frame: pd.DataFrame) -> pd.DataFrame:
    """The file with three lines whose sex is a word, where a code belongs."""
    return _put(frame, "sex", ["female", "male", "female"])


def repeated_lines(frame: pd.DataFrame) -> pd.DataFrame:
    """The file with six of its lines once more at the end."""
    return pd.concat([frame, frame.loc[_first(frame, 6)]], ignore_index=True)


def _put(frame: pd.DataFrame, column: str, values: list[str]) -> pd.DataFrame:
    frame = frame.astype({column: str})
    frame.loc[_first(frame, len(values)), column] = values
    return frame


A_FEW_LINES: tuple[Spoil, ...] = (unknown_area, negative_count, decimal_count, sex_in_words, repeated_lines)
"""Faults of some lines; the rest of the file is good."""


def column_left_out(frame: pd.DataFrame) -> bytes:
    """The file as CSV without its column `sex`."""
    return csv(frame.drop(columns="sex"))


def column_too_many(frame: pd.DataFrame) -> bytes:
    """The file as CSV with a column `remark` that no contract has."""
    return csv(frame.assign(remark="checked"))


def wrong_year(frame: pd.DataFrame) -> bytes:
    """The file as CSV with every period a year later."""
    return csv(frame.assign(period=[f"{int(period[:4]) + 1}{period[4:]}" for period in frame["period"]]))


def lost_zeros(frame: pd.DataFrame) -> bytes:
    """Saved by a spreadsheet that took the codes for numbers."""
    return csv(frame.assign(area_code=frame["area_code"].str.lstrip("0")))


def cut_off(frame: pd.DataFrame) -> bytes:
    """The beginning of a workbook whose upload broke off."""
    return b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + csv(frame)[:200]


WHOLE_FILES: tuple[tuple[Callable[[pd.DataFrame], bytes], str], ...] = (
    (lost_zeros, "csv"),
    (column_left_out, "csv"),
    (column_too_many, "csv"),
    (wrong_year, "csv"),
    (cut_off, "xlsx"),
)
"""First attempts that cannot be used as they are; the sender mends them and sends again."""
