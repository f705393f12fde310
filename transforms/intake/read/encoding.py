"""Letters: UTF-8 with or without a mark, UTF-16 as in Excel's "Unicode text", Windows-1252; nothing else."""

import codecs

from validators.messages import words
from validators.unreadable import Unreadable

UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
SAMPLE = 4096


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
        return _decoded(raw, "cp1252"), "Windows-1252"


def _utf16_without_mark(sample: bytes) -> str | None:
    """A header in plain letters has a zero in every second byte."""
    even, odd = sample[0:200:2], sample[1:200:2]
    if len(odd) > 4 and not any(odd) and all(even):
        return "utf-16-le"
    if len(even) > 4 and not any(even) and all(odd):
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
