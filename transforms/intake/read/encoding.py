"""Letters: UTF-8 with or without a mark, UTF-16 as in Excel's "Unicode text", Windows-1252; nothing else."""

import codecs
import re

from validators.characters import REPLACEMENT
from validators.messages import words
from validators.unreadable import Unreadable

UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
SAMPLE = 4096
NOT_ASCII = re.compile("[^\x00-\x7f]+")


def to_utf8(raw: bytes) -> tuple[bytes, str]:
    """(the text in UTF-8, the name of its encoding). Raises `Unreadable` for what is not text."""
    if raw.startswith(codecs.BOM_UTF8):
        return _checked(raw[3:]), "UTF-8 with BOM"
    for mark, byte_order in UTF16.items():
        if raw.startswith(mark):
            return _decoded(raw[2:], byte_order), "UTF-16"
    if encoding := _utf16_without_mark(raw[:SAMPLE]):
        return _decoded(raw, encoding), "UTF-16"
    if b"\0" in raw[:SAMPLE]:
        raise Unreadable("not_a_table", what=words()["binary"])
    try:
        return _checked(raw), "UTF-8"
    except Unreadable:
        if damaged := _damaged_utf8(raw):
            return damaged, "UTF-8"
        return _decoded(raw, "cp1252"), "Windows-1252"


def _damaged_utf8(raw: bytes) -> bytes | None:
    """UTF-8 with some broken letters, � in the place of each; None for what was written in another code.

    Text of a code page has hardly any bytes in a row that make a letter of UTF-8.
    """
    text = raw.decode("utf-8", "replace")
    broken = text.count(REPLACEMENT)
    whole = sum(map(len, NOT_ASCII.findall(text))) - broken
    return text.encode() if whole >= broken and "\0" not in text else None


def _utf16_without_mark(sample: bytes) -> str | None:
    """Digits and separators have a zero in every second byte, and no letter has one in the other."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    least = max(4, len(sample) // 10)
    if odd >= least and not even:
        return "utf-16-le"
    if even >= least and not odd:
        return "utf-16-be"
    return None


def _checked(raw: bytes) -> bytes:
    if not raw.isascii():
        _decode(raw, "utf-8")
    return raw


def _decoded(raw: bytes, encoding: str) -> bytes:
    return _decode(raw, encoding).encode("utf-8")


def _decode(raw: bytes, encoding: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable("encoding", position=error.start + 1) from error
    if "\0" in text:
        raise Unreadable("not_a_table", what=words()["binary"])
    return text
