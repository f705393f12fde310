"""Who acts: accounts of Cambodia's roles at every layer at which they are held, a visitor, and Sala itself."""

from __future__ import annotations

from tests.reference.filing import Account

SCHEMES = {"first": "one", "second": "two"}  # scheme → who runs it
ADMINISTRATORS = tuple(SCHEMES.values())
VISITOR = ""
# account → role, area, scheme administrator
ACCOUNTS = {
    "officer-p1": ("officer", "P1", None),
    "officer-p2": ("officer", "P2", None),
    "officer-c11": ("officer", "C11", None),
    "chair-r": ("chair", "R", None),
    "chair-p1": ("chair", "P1", None),
    "chair-c11": ("chair", "C11", None),
    "secretary-r": ("secretary", "R", None),
    "secretary-p1": ("secretary", "P1", None),
    "secretary-c11": ("secretary", "C11", None),
    "one": ("scheme_administrator", "R", "one"),
    "two": ("scheme_administrator", "R", "two"),
    "board": ("board", "R", None),
    "office-p1": ("provincial_office", "P1", None),
    "office-p2": ("provincial_office", "P2", None),
    "analyst-r": ("m_and_e", "R", None),
    "analyst-p1": ("m_and_e", "P1", None),
    "admin": ("administrator", "R", None),
}
PEOPLE = {name: Account(name, *of) for name, of in ACCOUNTS.items()} | {VISITOR: Account("", "visitor", "R")}
SALA = Account("sala", "", "R")
