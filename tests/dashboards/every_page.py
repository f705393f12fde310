"""Every page that is registered, at an address with something on it, and who looks at it.

A new page comes by itself; a new blank in an address is a KeyError until `BLANKS` fills it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text
from werkzeug.routing import Rule

import dashboards.app  # noqa: F401 the pages register themselves
from countries.country import Country
from dashboards.server import registry
from tests.dashboards.lived_in import RELEASED
from transforms.identity.accounts import account_named
from transforms.identity.person import visitor

_BLANKS = """
SELECT (SELECT receipt FROM mart.submission WHERE submitted_by = 'officer-02' AND dataset = 'scheme_returns'
        ORDER BY rows_rejected DESC, received_at LIMIT 1) AS receipt,
       (SELECT min(release) FROM mart.release WHERE state = 'released') AS release,
       coalesce((SELECT min(release) FROM mart.release WHERE state = 'draft'),
                (SELECT max(release) FROM mart.release)) AS draft
"""
_READERS = {
    "account": "mande",
    "board": "board",
    "calendar": "chair-02",
    "entry": "officer-020201",
    "explore": "mande",
    "flash": "officer-02",
    "home": "chair-02",
    "items": "chair-02",
    "notices": "board",
    "releases": "board",
    "review": "chair-02",
    "reviews": "chair-02",
    "sources": "officer-02",
    "submissions": "officer-02",
}
"""Folder of the page → the account that has most to do there; of other pages the first of the others that may."""
_OTHERS = ("admin", "chair")
_PERIOD = {"review", "sources", "area", "gender", "overlaps"}
"""Folders whose pages are looked at in the released period, and not in what is open now."""


@dataclass(frozen=True)
class RegisteredPage:
    """Its name in files, its address, the account that looks at it, and whether a visitor may.

    `alike`: somebody who is signed in sees what a visitor sees.
    """

    name: str
    address: str
    reader: str
    public: bool
    alike: bool = False

    def in_language(self, language: str) -> str:
        """Its address for a reader of the language."""
        return f"{self.address}{'&' if '?' in self.address else '?'}lang={language}"


def every_page(connection: Connection, country: Country) -> list[RegisteredPage]:
    """One of each rule of the registry, and besides them the states that a rule does not tell: a draft, a gap."""
    filled = connection.execute(text(_BLANKS)).mappings().one()
    blanks = {
        "code": "02",
        "area": "02",
        "dataset": "scheme_returns",
        "week": "2026-W46",
        "administrator": "NSSF",
        "receipt": filled["receipt"],
        "release": filled["release"],
        "table": "guarantees",
        "key": "KH:F:older",
    }
    of_folder = {"administration": {"name": "officer-02"}, "definitions": {"name": "older"}}
    everybody = visitor(country)
    accounts = {account.name: account_named(account.name, country) for account in country.demo_accounts}
    found = []
    for rule in _one_of_each(registry.routes.iter_rules()):
        route, folder = registry._routes[rule.endpoint], rule.endpoint.split(".")[2]
        here = blanks | of_folder.get(folder, {})
        address = re.sub(r"<(\w+)>", r"{\1}", rule.rule).format_map(here)
        usual = (_READERS[folder],) if folder in _READERS else _OTHERS
        reader = next(name for name in usual if route.is_open_to(accounts[name]))
        public = route.is_open_to(everybody)
        alike = public and folder not in _READERS
        found.append(RegisteredPage(_name(rule.rule), address + _query(folder), reader, public, alike))
    found += [
        RegisteredPage("releases-draft", f"/releases/{filled['draft']}", "board", False),
        RegisteredPage("home-officer", "/home", "officer-020201", False),
        RegisteredPage("admin-country-checked", "/admin/country?check=now", "admin", False),
        RegisteredPage("village", f"/area/02020101?period={RELEASED}", "officer-020201", True),
        RegisteredPage("nowhere", "/nowhere", "chair-02", True),
    ]
    return found


def _one_of_each(rules: Iterable[Rule]) -> Iterable[Rule]:
    """Of rules that lead to the same page with the same blanks the first."""
    return {(rule.endpoint, frozenset(rule.arguments)): rule for rule in reversed(list(rules))}.values()


def _query(folder: str) -> str:
    return f"?period={RELEASED}" if folder in _PERIOD else "?words=ba" if folder == "search" else ""


def _name(rule: str) -> str:
    return re.sub(r"[^a-z]+", "-", rule).strip("-") or "first"
