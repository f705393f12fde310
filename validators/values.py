"""From what an office writes to what a value means: one spelling for each meaning, no_problems guessed.

Everything here works on the distinct texts of a column. A text that is not understood stays as it is;
the row rules name it as a problem. Numbers come in the country's own marks (`Locale`), periods and dates
in its order of day and month. A form with two readings is left alone, so that it becomes a problem and
not a wrong figure.
"""

import re
from collections.abc import Callable, Iterable

from countries.declarations.conventions import Locale
from countries.model import Country
from validators.characters import plain, text_as_written
from validators.contracts.contract import TOTAL, Column, Contract
from validators.dates import date_reader, period_reader

PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]*[1-9])?")
PLAIN_PERSON = re.compile(r"[0-9A-Z]+")
MACHINE_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")

LETTERS = 4_000
"""Letters of a cell that are looked at: more than any column allows, so that a longer text is never a value."""

Cleaner = Callable[[str], str | None]


def clean(column: Column, texts: Iterable[str], country: Country) -> list[str | None]:
    """The cleaned spelling of each distinct text of a column; None where nothing is left."""
    one = _cleaner(column, country)
    return [sound(cleaned) if (cleaned := one(text)) else cleaned for text in texts]


def sound(text: str) -> str:
    """The text as tables and messages can hold it: without zero bytes and halves of characters, and not without end.

    The mark behind a text that was cut is part of no value.
    """
    if len(text) > LETTERS:
        text = f"{text[:LETTERS]}…"
    if "\0" in text or not text.isascii():
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")
    return text


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
            return lambda text: read(plain(text).removesuffix("%"))
        doubtful = doubtful_thousands(column, country)
        return read if doubtful is None else _unless(doubtful, read)
    if column.type == "period":
        return _of_plain(period_reader(column.kinds, country))
    if column.type == "date":
        return _of_plain(date_reader(country))
    if column.type == "text":
        return lambda text: text_as_written(text) or None
    if column.type == "area":
        return _of_plain(_code)
    if column.type == "person":
        read = _of_plain(_person)
        return lambda text: text if PLAIN_PERSON.fullmatch(text) else read(text)
    return _listed(codes(column, country))


def doubtful_thousands(column: Column, country: Country) -> re.Pattern[str] | None:
    """What a whole number looks like that may be a thousand times as many: 12.000, where a point does not stand
    between thousands. None for columns whose numbers may have three decimals.
    """
    whole = column.type == "count" or (column.type == "money" and not country.has_cents)
    marks = {".", country.locale.decimal} - {country.locale.thousands}
    return re.compile(rf"-?[1-9][0-9]{{0,2}}[{''.join(sorted(marks))}][0-9]{{3}}") if whole else None


def _unless(doubtful: re.Pattern[str], read: Cleaner) -> Cleaner:
    """Leaves a doubtful text as it is."""
    return lambda text: written if doubtful.fullmatch(written := plain(text)) else read(text)


def number_reader(locale: Locale) -> Cleaner:
    """Reads the country's way of writing numbers, and a computer's (1234.5) where that is not mistakable."""
    thousands, decimal = re.escape(locale.thousands), re.escape(locale.decimal)
    number = re.compile(rf"-?(?:[0-9]{{1,3}}(?:{thousands}[0-9]{{3}})+|[0-9]+)(?:{decimal}[0-9]+)?")
    meanings: dict[str, str] = {locale.decimal: ".", locale.thousands: ""}
    marks = str.maketrans(meanings)

    def read(text: str) -> str | None:
        if PLAIN_NUMBER.fullmatch(text) and locale.decimal == ".":
            return text
        text = plain(text)
        if number.fullmatch(text):
            return _shortest(text.translate(marks))
        return _shortest(text) if MACHINE_NUMBER.fullmatch(text) else text or None

    return read


def _shortest(number: str) -> str:
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
        code = _code(plain(text))
        if code is None or code in exact:
            return code
        same = folded.get(code.casefold(), [])
        return same[0] if len(same) == 1 else code

    return read


def _code(text: str) -> str | None:
    """Without what spreadsheets add to a code: an apostrophe before it, `="…"` around it, `.0` behind it."""
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    text = text.removeprefix("'").strip()
    whole, dot, zeros = text.rpartition(".")
    if dot and zeros.strip("0") == "" and whole.isdecimal() and zeros:
        text = whole
    return text or None


def _person(text: str) -> str | None:
    """Blanks, hyphens and capitals do not make another person."""
    return "".join((_code(text) or "").replace("-", " ").split()).upper() or None


def _of_plain(read: Cleaner) -> Cleaner:
    return lambda text: read(plain(text))
