"""The words of the pages in each language, and numbers, dates and names as its readers write them.

Catalogues are gettext files (`catalogues/<language>.po`). Message ids are keys: English is a catalogue too.
"""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_skeleton, format_timedelta
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

_CATALOGUES = Path(__file__).parent / "catalogues"
FALLBACK = "en"


class UnknownMessage(KeyError):
    """A page asked for a message that no catalogue has: a fault of ours, so it is loud."""


@cache
def available() -> tuple[str, ...]:
    """The languages that have a catalogue."""
    return tuple(sorted(path.stem for path in _CATALOGUES.glob("*.po")))


@cache
def _catalogue(language: str) -> Mapping[str, str | Sequence[str]]:
    with (_CATALOGUES / f"{language}.po").open("rb") as file:
        messages = read_po(file, locale=language)
    return {
        message.id[0] if isinstance(message.id, tuple | list) else str(message.id): message.string
        for message in messages
        if message.id and message.string
    }


class Translator:
    """The messages and formats of one language; without a catalogue, English in its own numbers."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._messages = _catalogue(language if language in available() else FALLBACK)
        try:
            self._locale = Locale.parse(language)
        except (UnknownLocaleError, ValueError):  # a country may speak a language that CLDR does not know
            self._locale = Locale.parse(FALLBACK)

    def _message(self, key: str, n: float | None) -> str:
        message = self._messages.get(key) or _catalogue(FALLBACK).get(key)
        if message is None:
            raise UnknownMessage(f"no message {key!r} in {_CATALOGUES / self.language}.po")
        if isinstance(message, str):
            return message
        return message[min(self._plural_index(n or 0), len(message) - 1)]

    def _plural_index(self, n: float) -> int:
        rule = self._locale.plural_form
        return 0 if not rule.rules or rule(n) == "one" else 1

    def has(self, key: str) -> bool:
        """Whether a message of this key exists (some keys are made from codes that a country chooses)."""
        return key in self._messages or key in _catalogue(FALLBACK)

    def __call__(self, key: str, n: float | None = None, **values: object) -> str:
        """The message `key` with its {placeholders} filled; `n` chooses singular or plural and fills {n}."""
        if n is not None:
            values.setdefault("n", self.number(n))
        return self._message(key, n).format(**values)

    def filled(self, key: str, blanks: Mapping[str, str]) -> str:
        """The message `key`, every blank given as text."""
        return self._message(key, None).format_map(blanks)

    def rich(self, key: str, n: float | None = None, **parts: Any) -> list[Any]:
        """Like calling it, but blanks may be components; gives the pieces in the order of the language."""
        if n is not None:
            parts.setdefault("n", self.number(n))
        pieces: list[Any] = []
        for text, name, _, _ in Formatter().parse(self._message(key, n)):
            if text:
                pieces.append(text)
            if name is not None:
                pieces.append(parts[name])
        return pieces

    def number(self, value: float | None, digits: int = 0) -> str:
        """A number by the reader's locale; nothing at all is an en dash."""
        if value is None:
            return "–"
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return _written(value, pattern, self._locale)

    def per_hundred(self, share: float | None, towards: str = "nearest", digits: int = 0) -> str:
        """A fraction as so many of every 100, to the nearest; `towards` "low" rounds down, for what is at least so.

        Only nobody is 0 and only everybody is 100: whatever lies next to these has the decimals that show it, others
        have `digits`.
        """
        return "–" if share is None else self.number(*_rounded(share, towards, digits))

    def percent(self, share: float | None, towards: str = "nearest", digits: int = 0) -> str:
        """A fraction as a percentage, with the sign where the language puts it."""
        if share is None:
            return "–"
        return self("format.percent", number=self.per_hundred(share, towards, digits))

    def span(self, low: float | None, high: float | None) -> str:
        """Two bounds per 100, each to the nearest; one number when both say the same."""
        first, last = self.per_hundred(low), self.per_hundred(high)
        return first if first == last else f"{first}–{last}"

    def points(self, now: float, before: float) -> str:
        """The difference of two fractions in percentage points, signed: of what `per_hundred` shows, so that the
        three numbers add up.
        """
        (later, some), (earlier, others) = _rounded(now, "nearest"), _rounded(before, "nearest")
        digits = max(some, others)
        difference = round(later - earlier, digits)
        sign = "+" if difference > 0 else "−" if difference < 0 else "±"
        return f"{sign}{self.number(abs(difference), digits)}"

    def date(self, day: dt.date | None, length: str = "medium") -> str:
        """A date as the language writes it."""
        return "–" if day is None else format_date(day, length, locale=self._locale)

    def moment(self, at: dt.datetime, timezone: str) -> str:
        """Day and time of a moment on the clock of the time zone, as the language writes it."""
        return format_datetime(at, "medium", tzinfo=ZoneInfo(timezone), locale=self._locale)

    def duration(self, seconds: float) -> str:
        """About how long, in one unit of time."""
        return str(format_timedelta(dt.timedelta(seconds=seconds), threshold=1.5, locale=self._locale))

    def period(self, code: str, short: bool = False) -> str:
        """A period in words: 2026, October 2026, week 43 of 2026."""
        if "-W" in code:
            year, week = code.split("-W")
            return self("period.week_short" if short else "period.week", year=year, week=int(week))
        if "-" in code:
            first = dt.date(int(code[:4]), int(code[5:7]), 1)
            return format_skeleton("MMM" if short else "yMMMM", first, locale=self._locale)
        return code

    def tick(self, code: str) -> str:
        """A period in as few characters as an axis has room for: 2026, Oct, W43."""
        if "-W" in code:
            return self("period.week_tick", week=int(code.split("-W")[1]))
        return self.period(code, short=True)

    def name(self, names: object, otherwise: str = "") -> str:
        """The name in this language from {language: name} (or a text for all), else English, else any."""
        if isinstance(names, str):
            return names
        if not isinstance(names, Mapping) or not names:
            return otherwise
        return names.get(self.language) or names.get(FALLBACK) or next(iter(names.values())) or otherwise

    def within(self, names: object) -> str:
        """A common noun as it stands inside a sentence: without its capital, where the script has any."""
        return self.name(names).lower()


def _rounded(share: float, towards: str, fewest: int = 0) -> tuple[float, int]:
    """(so many of every 100, with how many decimals): at least `fewest`, one below 1; more where the share would
    otherwise look like nobody or everybody.
    """
    hundredths = max(share * 100, 0.0)
    nobody, everybody = hundredths < _TINY, abs(hundredths - 100) < _TINY
    for digits in range(max(fewest, 1 if _TINY <= hundredths < 1 else 0), _MOST_DIGITS):
        scale = 10**digits
        down = math.floor(hundredths * scale + _TINY) / scale
        rounded = round(hundredths, digits) if towards == "nearest" else down
        if (rounded > 0 or nobody) and (rounded < 100 or everybody or hundredths > 100):
            break
    return rounded, digits


_TINY = 1e-9  # what sums of fractions leave behind
_MOST_DIGITS = 10


@lru_cache(maxsize=20_000)
def _written(value: float, pattern: str, locale: Locale) -> str:
    """A page writes a thousand numbers, and the same ones again and again."""
    return format_decimal(value, format=pattern, locale=locale)


@cache
def translator(language: str) -> Translator:
    """The words of a language; the catalogues are read once."""
    return Translator(language)
