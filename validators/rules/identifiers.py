"""Identifiers that a spreadsheet or a keyboard has changed: rounded, without their first zeros, in another alphabet."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pandas as pd

from validators.contracts.contract import Contract
from validators.rules.cross_field_rules import Breach

DIGITS_KEPT = 15
"""A spreadsheet keeps so many digits of a number and writes zeros for the others."""

ROUNDED = re.compile(r"[0-9](?:[.,][0-9]+)?E\+?[0-9]+")
LOOK_ALIKE = {"LATIN", "CYRILLIC", "GREEK"}
"""Alphabets of which letters look the same, by the first word of a letter's name in Unicode."""
SOME = 3
"""So many long numbers that all end in zeros are no chance."""


def identifier_breaches(contract: Contract, frame: pd.DataFrame) -> Iterator[Breach]:
    """`places` are rows of `frame`."""
    for column in contract.typed("person"):
        values = frame[column.name].array
        texts = pd.Series(values.categories, dtype="str")
        for rule, marked in (
            ("rounded_identifier", _rounded(texts)),
            ("lost_zeros", _short(texts)),
            ("other_alphabet", _of_another_alphabet(texts)),
        ):
            places = np.flatnonzero(np.append(marked, False)[values.codes])
            yield Breach(rule, column.name, places, [{}] * len(places))


def _rounded(texts: pd.Series) -> np.ndarray:
    """Written with an exponent; or long, as all of which end in zeros where the digits of a number end."""
    exponent = texts.str.fullmatch(ROUNDED).to_numpy(dtype=bool)
    long = (texts.str.isdecimal() & (texts.str.len() > DIGITS_KEPT)).to_numpy(dtype=bool)
    zeros = texts[long].str[DIGITS_KEPT:].str.strip("0").eq("")
    return exponent | long if len(zeros) >= SOME and zeros.all() else exponent


def _short(texts: pd.Series) -> np.ndarray:
    """Numbers with fewer digits than most in the file, the first of them no zero: the others may have been zeros."""
    number = texts.str.isdecimal().to_numpy(dtype=bool)
    lengths = texts.str.len().to_numpy(dtype=np.int64)
    if not number.any():
        return number
    usual = int(np.bincount(lengths[number]).argmax())
    return number & (lengths < usual) & ~texts.str.startswith("0").to_numpy(dtype=bool)


def _of_another_alphabet(texts: pd.Series) -> np.ndarray:
    """With a letter of another alphabet that looks alike than most identifiers of the file have."""
    if texts.str.isascii().all():
        return np.zeros(len(texts), dtype=bool)
    alphabets = [_alphabets(text) for text in texts]
    counted = Counter(alphabet for found in alphabets for alphabet in found)
    usual = {alphabet for alphabet, _ in counted.most_common(1)}
    return np.array([bool(found - usual) for found in alphabets], dtype=bool)


def _alphabets(text: str) -> set[str]:
    return {
        unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha()
    } & LOOK_ALIKE
