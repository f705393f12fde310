"""Periods and dates in the forms that spreadsheets make of them.

Excel turns a typed `2026-10` into the first of October and shows `Oct-26`; saved as CSV, that is what is
left. A date stands for the month or year it begins and for the week whose Monday it is; any other date is
left as it is, since no one could say which period was meant.
"""

import re
from collections.abc import Callable
from datetime import date

from babel import Locale as Language
from babel import UnknownLocaleError
from babel.dates import get_month_names

from countries.model import Country
from countries.period import Period

ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
SLASHED = re.compile(r"(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})")
YEAR = re.compile(r"(\d{4})(?:\.0+)?")
YEAR_MONTH = re.compile(r"(\d{4})[-/.,]?(\d{2})|(\d{4})[-/.,](\d)")
OCTOBER_OR_JANUARY = re.compile(r"(\d{4})[.,]1")
"""A spreadsheet's number 2026.10 has lost its last zero."""
MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
NAMED_MONTH = re.compile(r"(\D+?)\.?[-/ ]+(\d{2}|\d{4})")
WEEK = re.compile(r"(\d{4})[- ]?[Ww](\d{1,2})")


def period_reader(kinds: tuple[str, ...], country: Country) -> Callable[[str], str | None]:
    """Reads a period of one of the kinds M, Y, W into its key; leaves what it does not understand."""
    months = _month_names(country)
    of_day = _day_reader(country)

    def read(text: str) -> str | None:
        if "Y" in kinds and (match := YEAR.fullmatch(text)):
            return match[1]
        if match := WEEK.fullmatch(text):
            return f"{match[1]}-W{int(match[2]):02}"
        if day := of_day(text):
            return _period_that_begins(day, kinds) or text
        if "M" in kinds and not OCTOBER_OR_JANUARY.fullmatch(text):
            if match := YEAR_MONTH.fullmatch(text):
                return f"{match[1] or match[3]}-{int(match[2] or match[4]):02}"
            if match := MONTH_YEAR.fullmatch(text):
                return f"{match[2]}-{int(match[1]):02}"
            if (match := NAMED_MONTH.fullmatch(text)) and (month := months.get(match[1].casefold())):
                return f"{int(match[2]) + 2000 if len(match[2]) == 2 else match[2]}-{month:02}"
        return text or None

    return read


def date_reader(country: Country) -> Callable[[str], str | None]:
    """Reads a date into `YYYY-MM-DD`; leaves what it does not understand."""
    of_day = _day_reader(country)
    return lambda text: day.isoformat() if (day := of_day(text)) else text or None


def period_candidates(text: str, kinds: tuple[str, ...], country: Country) -> list[str]:
    """The periods that a date, or a number such as 2026.1, could mean."""
    if "M" in kinds and (match := OCTOBER_OR_JANUARY.fullmatch(text)):
        return [f"{match[1]}-01", f"{match[1]}-10"]
    day = _day_reader(country)(text)
    if day is None:
        return []
    year, week, _ = day.isocalendar()
    names = {"M": f"{day:%Y-%m}", "Y": f"{day:%Y}", "W": f"{year}-W{week:02}"}
    return [names[kind] for kind in kinds]


def parsed(key: str) -> Period | None:
    """The period of a key, or None where there is no such month or week."""
    try:
        return Period.parse(key)
    except ValueError:
        return None


def _period_that_begins(day: date, kinds: tuple[str, ...]) -> str | None:
    if "W" in kinds and day.weekday() == 0:
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    if "M" in kinds and day.day == 1:
        return f"{day:%Y-%m}"
    if kinds == ("Y",) and (day.month, day.day) == (1, 1):
        return f"{day:%Y}"
    return None


def _day_reader(country: Country) -> Callable[[str], date | None]:
    order = country.locale.dates

    def read(text: str) -> date | None:
        if match := ISO_DATE.fullmatch(text):
            return _day(match[1], match[2], match[3])
        if match := SLASHED.fullmatch(text):
            first, second, third = match.groups()
            if len(first) == 4:
                return _day(first, second, third)
            if len(third) == 4 and order != "ymd":
                return _day(third, second, first) if order == "dmy" else _day(third, first, second)
        return None

    return read


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month_names(country: Country) -> dict[str, int]:
    """Month names and their short forms in the country's languages and in English, as Excel writes them."""
    names: dict[str, int] = {}
    for language in ("en", *country.languages):
        try:
            locale = Language.parse(language)
        except (UnknownLocaleError, ValueError):
            continue
        for width in ("wide", "abbreviated"):
            for month, name in get_month_names(width, locale=locale).items():
                names.setdefault(name.casefold().rstrip("."), month)
    return names
