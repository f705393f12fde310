"""What a reader has chosen, as it stands in the address: language, period, indicator, layer.

Every link is made by `View.href`, so a choice survives from page to page, and an address can be sent on.
"""

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, quote, urlencode

from flask import request

from countries.country import current
from dashboards.server.kept_text import can_be_kept

LANGUAGE_COOKIE = "sala_language"
_ONCE = ("outcome", "about")
"""What became of a form, which is said once."""


@dataclass(frozen=True)
class View:
    """A reader's choices; None is not chosen. What belongs to one page alone (a receipt, words to search for, a
    dataset, where to go on, the outcome of a form) is not kept."""

    path: str = "/"
    language: str = "en"
    period: str | None = None
    indicator: str | None = None
    level: str | None = None
    receipt: str | None = None
    next: str | None = None
    outcome: str | None = None
    about: str | None = None
    version: str | None = None
    words: str | None = None
    dataset: str | None = None
    area: str | None = None
    chosen_language: bool = False
    query: tuple[tuple[str, str], ...] = ()  # all that the address says, as often as it says it

    def href(self, path: str | None = None, **changes: str | None) -> str:
        """The address of `path` with these choices, some of them changed; of this page, by default, with all that its
        address says.
        """
        kept = {
            "lang": self.language if self.chosen_language else None,
            "period": self.period,
            "indicator": self.indicator,
            "level": self.level,
        } | changes
        own = [] if path else [pair for pair in self.query if pair[0] not in (*changes, *_ONCE)]
        named = {name for name, _ in own}
        pairs = own + [(name, value) for name, value in kept.items() if value and name not in named]
        query = urlencode(pairs)
        return (path or self.path) + (f"?{query}" if query else "")

    def area_href(self, code: str) -> str:
        """The page of one area."""
        return self.href(level=None, path=f"/area/{quote(code, safe='')}")

    def review_href(self, code: str, dataset: str, period: str | None, **changes: str | None) -> str:
        """The review page of one area."""
        path = f"/review/{quote(code, safe='')}/{quote(dataset, safe='')}"
        return self.href(path, period=period, indicator=None, level=None, **changes)

    def download_href(self, table: str, code: str, **changes: str | None) -> str:
        """The address of a table of an area's page as CSV, in the language of the page."""
        return self.href(f"/download/{table}/{quote(code, safe='')}.csv", lang=self.language, **changes)

    def at(self, period: str | None) -> "View":
        """The same choices for another period."""
        return replace(self, period=period, query=tuple(p for p in self.query if p[0] != "period"))


def parse(path: str, search: str | None, languages: tuple[str, ...], preferred: str) -> View:
    """The view that an address asks for. An unknown language is passed over for the `preferred` one."""
    pairs = tuple(pair for pair in parse_qsl((search or "").lstrip("?")) if can_be_kept(list(pair)))
    query = dict(pairs)
    chosen = query.get("lang") in languages
    return View(
        path=path,
        language=query["lang"] if chosen else preferred,
        period=query.get("period") or None,
        indicator=query.get("indicator") or None,
        level=query.get("level") or None,
        receipt=(query.get("receipt") or "").upper() or None,
        next=query.get("next") or None,
        outcome=query.get("outcome") or None,
        about=query.get("about") or None,
        version=query.get("version") or None,
        words=query.get("words") or None,
        dataset=query.get("dataset") or None,
        area=query.get("area") or None,
        chosen_language=chosen,
        query=pairs,
    )


def view_of(path: str, search: str | None) -> View:
    """What an address asks for, in the language of the address, the last visit, the browser, the country."""
    country = current()
    kept = request.cookies.get(LANGUAGE_COOKIE, "")
    accepted = request.accept_languages.best_match(country.languages, default=country.languages[0])
    preferred = kept if kept in country.languages else str(accepted)
    return parse(path, search, tuple(country.languages), preferred)


def request_view() -> View:
    """What the address of the current request asks for."""
    return view_of(request.path, request.query_string.decode())
