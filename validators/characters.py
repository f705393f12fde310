"""One spelling for characters that mean the same: digits of every script, full-width forms, blanks and dashes of every
kind, and marks that nobody sees.
"""

import re
import sys
import unicodedata

_FULL_WIDTH = range(0xFF01, 0xFF5F)
_DASHES = frozenset("‐‑‒–—―−﹘﹣－")
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
"""Letters and marks without a shape of their own: joiners, Hangul fillers, inherent vowels, variation selectors."""
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))

REPLACEMENT = "\ufffd"
"""What programs write in place of a letter that they could not read."""


def is_invisible(character: str) -> bool:
    """Whether a character leaves no trace on a page: direction marks, joiners, soft hyphens, selectors, fillers."""
    return (
        unicodedata.category(character) == "Cf"
        or character in _FILLERS
        or any(ord(character) in selectors for selectors in _SELECTORS)
    )


def plain(text: str) -> str:
    """A number, code, period or identifier in the characters of ASCII, as far as each has exactly one there.

    ២០២៦－１０ is 2026-10. Nothing that is seen gets lost: a superscript or a letter of another script stays.
    """
    if text.isascii():
        return text.strip()
    return "".join(map(_plain_character, text)).strip()


def _plain_character(character: str) -> str:
    if character.isascii():
        return character
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if ord(character) in _FULL_WIDTH and character not in _DASHES:
        return chr(ord(character) - 0xFEE0)
    if character in _DASHES:
        return "-"
    if is_invisible(character):
        return ""
    return " " if unicodedata.category(character)[0] == "Z" else character


def strange(text: str) -> str:
    """The first character that does not belong to the rest of a code or number, with its name: `²` in `1²`; empty
    where there is none. A text all of other letters is a word of another language, and not strange.
    """
    others = [character for character in text if not character.isascii() or ord(character) < 0x20]
    alone = len(text) == 1
    if not others or not (alone or any(c.isascii() and c.isalnum() for c in text)):
        return ""
    code = f"U+{ord(others[0]):04X} {unicodedata.name(others[0], '')}".strip()
    return f"{others[0]} ({code})" if others[0].isprintable() else code


LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85")


CHARACTER_NUMBER = re.compile("&#(?:([0-9]{3,7})|[xX]([0-9a-fA-F]{2,6}));")
"""How forms on web pages write letters that the page's encoding has not: `&#6039;` for `ភ`."""


def text_as_written(text: str) -> str:
    """A text of people, unchanged but for what a way of storing it may change: line ends, composed letters, letters
    written as their numbers, blanks at its ends.
    """
    return unicodedata.normalize("NFC", CHARACTER_NUMBER.sub(_letter, LINE_ENDS.sub("\n", text))).strip()


def _letter(number: re.Match[str]) -> str:
    code = int(number[1]) if number[1] else int(number[2], 16)
    letter = chr(code) if 0x80 <= code <= sys.maxunicode else ""
    return letter if letter.isprintable() and letter else number[0]
