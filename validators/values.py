"""From what an office writes to what a value means: one spelling for each meaning, no_problems guessed.

Everything here works on the distinct texts of a column. A text that is not understood stays as it is;
the row rules name it as a problem. Numbers come in the country's own marks (`Locale`), periods and dates
in its order of day and month. A form with two readings is left alone, so that it becomes a problem and
not a wrong figure.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

from countries.declarations.conventions import Locale
from countries.model import Country
from validators.contracts.contract import TOTAL, Column, Contract
from validators.dates import date_reader, period_reader

DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
SPACES = " \u00a0\u202f\u2009\u2007"
INVISIBLE = re.compile("[\u200b\u200e\u200f\ufeff]")
PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?")
MACHINE_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")

Cleaner = Callable[[str], str | None]


def clean(column: Column, texts: Iterable[str], country: Country) -> list[str | None]:
    """The cleaned spelling of each distinct text of a column; None where nothing is left."""
    one = _cleaner(column, country)
    return [one(text) for text in texts]


def codes(column: Column, country: Country) -> tuple[str, ...]:
    """The values that a column with a list allows; empty for a column without one."""
    listed: tuple[str, ...] = {
        "scheme": tuple(scheme.id for scheme in country.schemes),
        "indicator": tuple(indicator.id for indicator in country.indicators),
        "layer": tuple(layer.id for layer in country.layers),
        "administrator": tuple(administrator.id for administrator in country.administrators),
        "channel": tuple(term.id for term in country.grievances.channels) if country.grievances else (),
        "age_group": tuple(group.id for group in country.age_groups),
        "group": tuple(group.id for group in country.groups),
    }.get(column.type, column.choices)
    return (*listed, TOTAL) if column.total else listed


def offered(contract: Contract, country: Country) -> list[Column]:
    """The columns that a template shows: all but those that only some countries ask for."""
    requested: set[str] = {name for scheme in country.schemes for name in scheme.reports}
    requested |= {"group"} if country.groups else set()
    return [column for column in contract.columns if not column.on_request or column.name in requested]


def accepted(contract: Contract, country: Country) -> list[Column]:
    """The columns that a file may have: all but a list on request for which the country declares nothing."""
    return [
        column
        for column in contract.columns
        if not (column.on_request and column.listed) or codes(column, country)
    ]


def _cleaner(column: Column, country: Country) -> Cleaner:
    if column.numeric:
        read = number_reader(country.locale)
        if column.type == "percent":
            return lambda text: read(text.rstrip(SPACES).removesuffix("%"))
        return read
    if column.type == "period":
        return _ascii(period_reader(column.kinds, country))
    if column.type == "date":
        return _ascii(date_reader(country))
    if column.type == "text":
        return lambda text: unicodedata.normalize("NFC", text.strip()) or None
    if column.type == "area":
        return _ascii(_code)
    if column.type == "person":
        return lambda text: _code(_trim(text))
    return _listed(codes(column, country))


def number_reader(locale: Locale) -> Cleaner:
    """Reads the country's way of writing numbers, and a computer's (1234.5) where that is not mistakable."""
    thousands = f"[{SPACES}]" if locale.thousands == " " else re.escape(locale.thousands)
    grouped = re.compile(rf"-?[0-9]{{1,3}}(?:{thousands}[0-9]{{3}})+(?:{re.escape(locale.decimal)}[0-9]+)?")
    plain = re.compile(rf"-?[0-9]+(?:{re.escape(locale.decimal)}[0-9]+)?")
    marks = str.maketrans({locale.decimal: ".", **dict.fromkeys(SPACES + locale.thousands, "")})

    def read(text: str) -> str | None:
        if PLAIN_NUMBER.fullmatch(text) and locale.decimal == ".":
            return text
        text = _trim(text).translate(DIGITS).replace("−", "-")
        if grouped.fullmatch(text) or plain.fullmatch(text):
            return _plain(text.translate(marks))
        return _plain(text) if MACHINE_NUMBER.fullmatch(text) else text or None

    return read


def _plain(number: str) -> str:
    """`007` is 7 and `5.0`, as Excel likes to write it, is 5."""
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, _, fraction = digits.partition(".")
    fraction = fraction.rstrip("0")
    whole = whole.lstrip("0") or "0"
    zero = whole == "0" and not fraction
    return ("" if zero else sign) + whole + (f".{fraction}" if fraction else "")


def _listed(allowed: tuple[str, ...]) -> Cleaner:
    """A code is found whatever its capitals, as long as that leaves one meaning."""
    folded: dict[str, list[str]] = {}
    for code in allowed:
        folded.setdefault(code.casefold(), []).append(code)
    exact = set(allowed)

    def read(text: str) -> str | None:
        code = _code(_trim(text))
        if code is None or code in exact:
            return code
        same = folded.get(code.casefold(), [])
        return same[0] if len(same) == 1 else code

    return read


def _code(text: str) -> str | None:
    """Without what spreadsheets add to a code: an apostrophe before it, `="…"` around it, `.0` behind it."""
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    text = text.removeprefix("'").strip(SPACES)
    whole, dot, zeros = text.rpartition(".")
    if dot and zeros.strip("0") == "" and whole.isdecimal() and zeros:
        text = whole
    return text or None


def _trim(text: str) -> str:
    return INVISIBLE.sub("", text).strip().strip(SPACES)


def _ascii(read: Cleaner) -> Cleaner:
    """Khmer digits count as digits."""
    return lambda text: read(_trim(text).translate(DIGITS))
