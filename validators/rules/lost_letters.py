"""Texts that a program could not write: question marks, replacement characters, UTF-8 read as something else, and
errors of formulas.
"""

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from validators.characters import REPLACEMENT
from validators.contracts.contract import Contract
from validators.rules.cross_field_rules import Breach

ASKED = re.compile(r"(?<=[^\W_])[?!]+(?=[\s\"'»”’)\]]|$)|\w+://\S+")
"""Question marks that end a question, and addresses of pages."""
WITHIN = re.compile(r"[^\W_]\?+[^\W_]|(?<!\S)\?+[^\W_]|(?<!\S)\?\?+(?!\S)")
"""Question marks in a word, before one, or in place of one."""
ERRORS = frozenset(
    {
        "#DIV/0!",
        "#N/A",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#REF!",
        "#VALUE!",
        "#SPILL!",
        "#CALC!",
        "#ERROR",
        "#ERROR!",
    }
)
FORMULA = re.compile(r"=[A-Za-z0-9_.$!:+*/ -]*[(A-Z]")
FEW, SHARE = 3, 0.3
"""A text is lost from so many question marks on, where they are such a share of its letters."""


def lost_letter_breaches(contract: Contract, frame: pd.DataFrame) -> Iterator[Breach]:
    """`places` are rows of `frame`."""
    for column in contract.typed("text", "person"):
        values = frame[column.name].array
        together = "".join(values.categories.tolist())
        if together.isascii() and together.isalnum():
            continue
        rule_of = {
            code: rule for code, text in enumerate(values.categories) if (rule := _rule(column.type, text))
        }
        for rule in set(rule_of.values()):
            broken = [code for code, named in rule_of.items() if named == rule]
            places = np.flatnonzero(np.isin(values.codes, broken))
            yield Breach(rule, column.name, places, [{}] * len(places))


def _rule(kind: str, text: str) -> str | None:
    if text.upper() in ERRORS or FORMULA.match(text):
        return "cell_error"
    if REPLACEMENT in text:
        return "broken_letter"
    if not text.isascii():
        return "garbled_text" if is_garbled(text) else None
    rest = text if kind == "person" else ASKED.sub("", text)
    marks = rest.count("?")
    if not marks:
        return None
    if kind == "person" or (marks >= FEW and marks >= SHARE * len("".join(text.split()))):
        return "lost_letters"
    return "doubtful_letters" if WITHIN.search(rest) else None


def is_garbled(text: str) -> bool:
    """Whether a text, or a part of it, is UTF-8 that was read as Windows-1252 and stored so: `rÃ©union`, `áž‚áž˜`."""
    parts = "".join(character if _byte(character) else "\n" for character in text).split("\n")
    return any(_is_garbled(part) for part in parts)


def _is_garbled(part: str) -> bool:
    try:
        return b"".join(map(_byte, part)).decode("utf-8") != part
    except UnicodeError:
        return False


def _byte(character: str) -> bytes:
    """As Windows-1252, whose five free bytes stand for themselves; empty for a letter that it has not."""
    if ord(character) < 0xA0:
        return character.encode("latin-1")
    return character.encode("cp1252", "ignore")
